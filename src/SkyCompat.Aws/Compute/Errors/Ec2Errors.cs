using static SkyCompat.CloudErrorCode;
using Reasons = SkyCompat.Compute.ComputeErrorReasons;

namespace SkyCompat.Aws;

/// <summary>The error table of EC2: by code, then by the form of the code, then by status.</summary>
internal static class Ec2Errors
{
    /// <summary>Makes the error of a reply.</summary>
    public static CloudException Create(in Ec2Failure failure)
    {
        var row = Find(failure);
        var text = row.Quotes && failure.Code is not null && failure.Message is { Length: > 0 } said ? $"{row.Text} EC2 says: {Shorten(said)}" : row.Text;
        return new CloudException(row.Code, text, failure.Exception)
        {
            Reason = row.Reason,
            IsTransient = row.IsTransient ?? row.Code is Throttled or Unavailable or CloudErrorCode.Timeout,
            Scope = row.Scope,
            RetryAfter = failure.RetryAfter,
            MayHaveTakenEffect = row.MayHaveTakenEffect && failure.Intent != Ec2Intent.Read,
            ProviderCode = failure.Code,
            StatusCode = failure.Status == 0 ? null : failure.Status,
            RequestId = failure.RequestId,
        };
    }

    /// <summary>The error of an instance that ended before it ran; null if its reason does not say so.</summary>
    public static CloudException? OfStateReason(string? code, string? message) => code switch
    {
        null or "Server.SpotInstanceTermination" or "Server.SpotInstanceShutdown" or "Server.ScheduledStop" => null,
        "Client.VolumeLimitExceeded" or "Client.InternalError" or "Client.InvalidSnapshot.NotFound" => OfReason(code, message),
        _ => code.StartsWith("Server.", StringComparison.Ordinal) ? OfReason(code, message) : null,
    };

    private static CloudException OfReason(string code, string? message)
    {
        var inner = code[(code.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var row = code switch
        {
            "Server.InternalError" => new(Unavailable, Reasons.TerminalState, "EC2 failed inside while it launched the instance.") { Scope = ErrorScope.Zone, IsTransient = false },
            "Client.InternalError" => new(Conflict, Reasons.TerminalState, "The launch failed for a reason of the account's, mostly a key of an encrypted disk that may not be used."),
            _ => Find(new Ec2Failure { Code = inner, Intent = Ec2Intent.Write, IsHomeRegion = true }),
        };
        return new CloudException(row.Code, $"{row.Text} EC2 says: {message ?? code}")
        {
            Reason = row.Reason,
            IsTransient = false,
            Scope = row.Scope,
            ProviderCode = code,
        };
    }

    private static Ec2ErrorRow Find(in Ec2Failure failure) => failure.Code switch
    {
        "InsufficientInstanceCapacity" or "InsufficientCapacity" or "UnfulfillableCapacity" or "InsufficientHostCapacity" or "InsufficientReservedInstanceCapacity" or
            "ReservationCapacityExceeded" or "CapacityReservationNotAvailable" or "SpotMaxPriceTooLow" or "InsufficientCapacityOnHost" =>
            Short("EC2 has no free capacity for this offer now: take another offer or zone, or try later.", ErrorScope.Offer),
        "InsufficientFreeAddressesInSubnet" => Short("The subnet has too few free addresses: take another subnet or zone.", ErrorScope.Zone),
        "InsufficientVolumeCapacity" => Short("EC2 has no free capacity for such a disk in the zone now.", ErrorScope.Zone),
        "InsufficientAddressCapacity" => Short("EC2 has no free public addresses now.", ErrorScope.Region),
        "VcpuLimitExceeded" => Quota("The quota of virtual processors of this family and market is used up in the region: raise it, or take another family or region.", ErrorScope.QuotaGroup),
        "MaxSpotInstanceCountExceeded" => Quota("The quota of spot instances is used up in the region: raise it, or take instances on demand or another region.", ErrorScope.Market),
        "InstanceLimitExceeded" or "PendingVerification" => Quota("The account may run no more instances in the region: raise the quota, or take another region.", ErrorScope.Region),
        "RequestLimitExceeded" or "Throttling" or "ThrottlingException" or "ThrottledException" or "RequestThrottled" or "RequestThrottledException" or "EC2ThrottledException" or
            "TooManyRequestsException" or "SlowDown" or "BandwidthLimitExceeded" or "PriorRequestNotComplete" or "SnapshotCreationPerVolumeRateExceeded" =>
            new(Throttled, null, "EC2 asks to slow down."),
        "TagLimitExceeded" => new(InvalidArgument, Reasons.TagNotSupported, "EC2 holds 50 tags on one resource."),
        "RulesPerSecurityGroupLimitExceeded" or "SecurityGroupsPerInstanceLimitExceeded" or "SecurityGroupLimitExceeded" or "VolumeLimitExceeded" or "AddressLimitExceeded" or
            "VpcLimitExceeded" or "ResourceLimitExceeded" or "MaxIOPSLimitExceeded" or "ConcurrentSnapshotLimitExceeded" =>
            Quota("A quota of the account is used up in the region: remove something or raise it.", ErrorScope.Region),
        "AuthFailure" when !failure.IsHomeRegion =>
            new(Unauthenticated, null, "EC2 does not accept the credentials in this region, although it may in others: mostly the account has not enabled the region.") { Scope = ErrorScope.Region },
        "AuthFailure" => Refused("EC2 does not accept the credentials: check AccessKeyId and SecretAccessKey, this machine's clock, and that the account has enabled the region."),
        "InvalidClientTokenId" or "UnrecognizedClientException" or "InvalidAccessKeyId" => Refused("The access key id is unknown: check AccessKeyId, and SessionToken if the keys are temporary."),
        "SignatureDoesNotMatch" or "IncompleteSignature" or "InvalidSignatureException" => Refused("The signature is wrong, mostly because of the secret: check SecretAccessKey."),
        "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" => Refused("The temporary credentials have expired: get new ones."),
        "RequestExpired" or "RequestTimeTooSkewed" => Refused("The request came too late or too early: the temporary credentials have expired, or this machine's clock is wrong."),
        "MissingAuthenticationToken" or "InvalidSecurity" or "InvalidToken" => Refused("EC2 wants other credentials than were sent."),
        "Blocked" or "AccountDisabled" or "OptInRequired" => new(PermissionDenied, null, "The account may not use EC2: look into its console.") { Scope = ErrorScope.Cloud },
        "UnauthorizedOperation" or "AccessDenied" or "AccessDeniedException" =>
            new(PermissionDenied, null, "The credentials are good but do not allow this: grant the permission in their policy.") { Scope = ErrorScope.Cloud },
        "VPCIdNotSpecified" or "DefaultVpcNotFound" => NoDefaultNetwork(),
        "MissingInput" when Says(failure, "default VPC") => NoDefaultNetwork(),
        "Unsupported" or "UnsupportedInstanceAttribute" or "InvalidInstanceType" =>
            new(Unsupported, null, "This instance type, or what is asked of it, is not offered there: take another offer or zone.") { Scope = ErrorScope.Offer },
        "UnsupportedOperation" or "UnsupportedHibernationConfiguration" or "UnsupportedTenancy" => new(Unsupported, null, "EC2 cannot do this with the resource as it is."),
        "IdempotentParameterMismatch" => new(Conflict, Reasons.KeyReused, "The same intent was sent before with other parameters."),
        "IdempotentInstanceTerminated" => new(Conflict, Reasons.WrongState, "The instance that this launch made is terminated: launch with another key."),
        "IncorrectInstanceState" or "IncorrectState" or "IncorrectStateException" or "InvalidState" or "IncorrectSpotRequestState" or "OperationNotPermitted" =>
            new(Conflict, Reasons.WrongState, "The state of the resource forbids this."),
        "VolumeInUse" or "DependencyViolation" or "InvalidGroup.InUse" or "InvalidSnapshot.InUse" or "InvalidIPAddress.InUse" or "InvalidNetworkInterface.InUse" or "Resource.AlreadyAssociated" or
            "Resource.AlreadyAttached" or "InvalidPlacementGroup.InUse" or "ResourceInUse" or "InvalidVolume.ZoneMismatch" or "InUseWithOtherAttachment" =>
            new(Conflict, null, "Something uses the resource."),
        "DryRunOperation" => new(Conflict, null, "The request would have succeeded and was a dry run."),
        "ConcurrentTagAccess" or "ConcurrentModification" => new(Conflict, null, "Another change of the same resource was in the way.") { IsTransient = true },
        "InvalidParameterValue" or "InvalidUserData.Malformed" or "InvalidInput" when Says(failure, "User data is limited") || failure.Code == "InvalidUserData.Malformed" =>
            new(InvalidArgument, Reasons.UserDataTooLarge, "EC2 does not take the user data."),
        "InvalidTagKey.Malformed" or "InvalidTag" or "TagPolicyViolation" => new(InvalidArgument, Reasons.TagNotSupported, "EC2 does not hold such a tag."),
        "InvalidAMIID.Unavailable" or "InvalidAMIID.Malformed" => Missing("InvalidAMIID", failure),
        "InvalidInstanceID.Malformed" or "InvalidInstanceId" or "InvalidInstanceId.Malformed" => Missing("InvalidInstanceID", failure),
        "ServiceUnavailable" or "Unavailable" or "ServerInternal" => new(Unavailable, null, "EC2 is overloaded or in maintenance; try again later.") { MayHaveTakenEffect = true },
        "InternalError" or "InternalFailure" or "InternalServerError" or "InternalException" => new(Unavailable, null, "EC2 failed inside; try again.") { MayHaveTakenEffect = true },
        "RequestTimeout" => new(CloudErrorCode.Timeout, null, "EC2 gave up waiting for the request."),
        _ => FindByForm(failure),
    };

    private static Ec2ErrorRow FindByForm(in Ec2Failure failure) => failure.Code switch
    {
        { } code when code.EndsWith(".NotFound", StringComparison.Ordinal) => Missing(code[..^".NotFound".Length], failure),
        { } code when code.EndsWith(".Duplicate", StringComparison.Ordinal) || code.EndsWith("AlreadyExists", StringComparison.Ordinal) => new(AlreadyExists, null, "Something of that name exists."),
        { } code when code.EndsWith("LimitExceeded", StringComparison.Ordinal) => Quota("A quota of the account is used up in the region: remove something or raise it.", ErrorScope.Region),
        { } code when code.EndsWith(".InUse", StringComparison.Ordinal) => new(Conflict, null, "Something uses the resource."),
        { } code when code.StartsWith("Invalid", StringComparison.Ordinal) || code.StartsWith("Missing", StringComparison.Ordinal) || code.EndsWith(".Malformed", StringComparison.Ordinal) ||
            code is "UnknownParameter" or "ValidationError" or "MalformedQueryString" or "UnknownPrincipalType.Unsupported" => new(InvalidArgument, null, "EC2 does not accept the request."),
        _ => FindByStatus(failure),
    };

    private static Ec2ErrorRow FindByStatus(in Ec2Failure failure) => failure.Status switch
    {
        401 => Refused("EC2 does not accept the credentials."),
        403 => new(PermissionDenied, null, "The request is refused, by EC2 or something in front of it: check the credentials and what they allow.") { Scope = ErrorScope.Cloud },
        407 => Refused("The proxy in front of EC2 wants credentials."),
        408 => new(CloudErrorCode.Timeout, null, "EC2 gave up waiting for the request."),
        429 => new(Throttled, null, "EC2 asks to slow down."),
        >= 500 when failure.Code is null => new(Unavailable, null, "Something in front of EC2, such as a proxy, answered that it cannot be reached.") { MayHaveTakenEffect = true },
        >= 500 => new(Unavailable, null, "EC2 failed inside; try again.") { MayHaveTakenEffect = true },
        >= 300 when failure.Code is null => new(CloudErrorCode.Unknown, null, "Not EC2 but a web server or proxy answered: check Endpoint and the proxy settings."),
        _ => new(CloudErrorCode.Unknown, null, "EC2 answered something that is not known here."),
    };

    private static Ec2ErrorRow Missing(string what, in Ec2Failure failure)
    {
        // Made a moment before, so it is only not visible yet.
        bool? transient = failure.Intent == Ec2Intent.Settle ? true : null;
        return what switch
        {
            "InvalidInstanceID" => new(NotFound, Reasons.InstanceNotFound, "The instance does not exist in this region.") { IsTransient = transient },
            "InvalidAMIID" => new(NotFound, Reasons.ImageNotFound, "The image does not exist in this region, or may not be used: images differ between regions.") { IsTransient = transient },
            _ => new(NotFound, null, "The resource does not exist in this region.") { IsTransient = transient },
        };
    }

    private static Ec2ErrorRow NoDefaultNetwork() =>
        new(NotFound, null, "The region has no default network: make one with 'aws ec2 create-default-vpc', or set SubnetId of the launch.") { Scope = ErrorScope.Region };

    private static Ec2ErrorRow Short(string text, ErrorScope scope) => new(CapacityShortage, null, text) { Scope = scope, IsTransient = false };

    private static Ec2ErrorRow Quota(string text, ErrorScope scope) => new(QuotaExceeded, null, text) { Scope = scope, IsTransient = false };

    private static Ec2ErrorRow Refused(string text) => new(Unauthenticated, null, text) { Scope = ErrorScope.Cloud };

    private static bool Says(in Ec2Failure failure, string text) => failure.Message?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private static string Shorten(string text) => text.Length <= 300 ? text : string.Concat(text.AsSpan(0, 300), "…");
}
