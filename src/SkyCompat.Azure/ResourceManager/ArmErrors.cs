using static SkyCompat.CloudErrorCode;
using Reasons = SkyCompat.Compute.ComputeErrorReasons;

namespace SkyCompat.Azure;

/// <summary>The error table of Azure Resource Manager and of what stands behind it. Codes decide first, texts of messages where a code has several meanings second, the status last.</summary>
internal static class ArmErrors
{
    public const string GroupNotFound = "ResourceGroupNotFound";
    public const string ExpiredToken = "ExpiredAuthenticationToken";

    private const int TooManyRequests = 429;

    /// <summary>Makes the error of a reply, or of an operation that did not succeed.</summary>
    /// <param name="failure">What the service said.</param>
    /// <param name="subject">What the request was about.</param>
    /// <param name="isWrite">Whether it changes something.</param>
    /// <returns>The error.</returns>
    public static CloudException Create(ArmFailure failure, ArmSubject subject, bool isWrite)
    {
        var row = subject != ArmSubject.SpotInstance ? Find(failure, subject)
            : failure.Code == "SkuNotAvailable" ? Short("The size has no free spot capacity in the region or zone now: try another.", ErrorScope.Offer)
            : Find(failure, ArmSubject.Instance);
        return new CloudException(row.Code, failure.Message is { Length: > 0 } said && row.QuotesService ? $"{row.Text} The service says: {Shorten(said)}" : row.Text)
        {
            Reason = row.Reason,
            Scope = row.Scope,
            // A shortage is not over a second later: the same request is not sent again, another offer is tried.
            IsTransient = row.IsTransient ?? row.Code is Throttled or Unavailable or CloudErrorCode.Timeout,
            RetryAfter = failure.RetryAfter,
            MayHaveTakenEffect = isWrite && row.MayHaveTakenEffect,
            ProviderCode = failure.Code,
            StatusCode = failure.Status == 0 ? null : failure.Status,
            RequestId = failure.RequestId,
        };
    }

    private static ArmErrorRow Find(ArmFailure failure, ArmSubject subject) =>
        failure.Status == TooManyRequests ? ArmErrorRow.SlowDown
        : FindCapacity(failure) ?? FindAccess(failure.Code) ?? FindState(failure, subject) ?? FindInput(failure.Code) ?? FindByStatus(failure, subject);

    private static ArmErrorRow? FindCapacity(ArmFailure failure) => failure.Code switch
    {
        "OperationNotAllowed" when ArmQuotas.IsQuota(failure.Message) => ArmQuotas.Find(failure.Message!),
        "QuotaExceeded" => ArmQuotas.Find(failure.Message ?? ""),
        "ResourceQuotaExceeded" or "PublicIPCountLimitReached" or "SubscriptionRequestsLimitExceeded" or "ResourceCountExceedsLimitDueToTemplate" or "NetworkSecurityGroupCountLimitReached" or
            "VirtualNetworkCountLimitReached" or "MaxStorageAccountsCountPerSubscriptionExceeded" or "ResourceGroupQuotaExceeded" =>
            new(QuotaExceeded, "The subscription's limit for resources of this kind is reached in the region.") { Scope = ErrorScope.Region },
        "ZonalAllocationFailed" or "OverconstrainedZonalAllocationRequest" or "OverconstrainedAllocationRequest" =>
            Short("The place has no free capacity of this size now: try another zone or size.", ErrorScope.Offer),
        "AllocationFailed" or "AllocationTimeout" or "CapacityNotAvailable" => Short("The region has no free capacity of this size now: try another region or size.", ErrorScope.OfferInRegion),
        "SpotRequestFailed" or "EvictedDueToCapacity" => new(CapacityShortage, "The spot instance was taken back.") { Scope = ErrorScope.Offer, Reason = Reasons.Preempted },
        "SkuNotAvailable" when failure.Message?.Contains("Capacity Restrictions", StringComparison.OrdinalIgnoreCase) == true => Short("The size is short in the region or zone: try another.", ErrorScope.Offer),
        "SkuNotAvailable" or "InvalidAvailabilityZone" or "AvailabilityZoneNotSupported" or "ZonesNotAllowedForResource" or "VMSizeDoesntSupportSpot" =>
            new(Unsupported, "The size is not sold to this subscription in the region or zone.") { Scope = ErrorScope.Offer, QuotesService = true },
        "LocationNotAvailableForResourceType" or "LocationNotAvailableForResourceGroup" or "RequestDisallowedByAzure" or "NoRegisteredProviderFound" =>
            new(PermissionDenied, "The region is not open to this subscription.") { Scope = ErrorScope.Region, QuotesService = true },
        "TooManyRequests" or "SubscriptionRequestsThrottled" or "RateLimitExceeded" or "RetryableErrorDueToThrottling" => ArmErrorRow.SlowDown,
        _ => null,
    };

    private static ArmErrorRow? FindAccess(string? code) => code switch
    {
        ExpiredToken => new(Unauthenticated, "The token has expired.") { Scope = ErrorScope.Cloud, IsTransient = true },
        "AuthenticationFailed" or "InvalidAuthenticationToken" or "AuthenticationFailedMissingToken" or "InvalidAuthenticationTokenAudience" =>
            new(Unauthenticated, "Azure does not accept the token: check Credential, ResourceManagerEndpoint and AuthorityHost.") { Scope = ErrorScope.Cloud },
        "InvalidAuthenticationTokenTenant" => new(Unauthenticated, "The identity is of another tenant than the subscription: check TenantId.") { Scope = ErrorScope.Cloud },
        "AuthorizationFailed" or "LinkedAuthorizationFailed" or "AuthorizationPermissionMismatch" or "InvalidResourceNamespaceAuthorization" =>
            new(PermissionDenied, "The identity lacks a role: it needs Contributor, or Virtual Machine and Network Contributor, on the resource group.") { Scope = ErrorScope.Cloud },
        "RequestDisallowedByPolicy" or "ScopeLocked" or "DenyAssignmentAuthorizationFailed" => new(PermissionDenied, "A policy or lock of the subscription forbids it.") { Scope = ErrorScope.Region, QuotesService = true },
        "ReadOnlyDisabledSubscription" or "DisabledSubscription" or "SubscriptionNotRegistered" or "SubscriptionDeleted" => new(PermissionDenied, "The subscription is disabled.") { Scope = ErrorScope.Cloud },
        "SubscriptionNotFound" or "InvalidSubscriptionId" => new(NotFound, "The subscription does not exist, or the identity may not see it: check SubscriptionId and TenantId.") { Scope = ErrorScope.Cloud },
        "MissingSubscriptionRegistration" or "MissingRegistrationForType" =>
            new(PermissionDenied, "The subscription is not registered for compute or networks: register Microsoft.Compute and Microsoft.Network once.") { Scope = ErrorScope.Cloud },
        "MarketplacePurchaseEligibilityFailed" or "VMMarketplaceInvalidInput" or "ResourcePurchaseValidationFailed" or "PlanNotFound" =>
            new(PermissionDenied, "The image is sold on the marketplace and its terms were not accepted.") { Scope = ErrorScope.Cloud },
        _ => null,
    };

    private static ArmErrorRow? FindState(ArmFailure failure, ArmSubject subject) => failure.Code switch
    {
        "ImageNotFound" or "PlatformImageNotFound" or "ImageVersionNotFound" or "GalleryImageNotFound" => ArmErrorRow.NoImage,
        "NotFound" when failure.Message?.Contains("image", StringComparison.OrdinalIgnoreCase) == true => ArmErrorRow.NoImage,
        "ResourceNotFound" or "NotFound" or GroupNotFound => Missing(subject),
        "ParentResourceNotFound" or "InvalidResourceReference" => Missing(ArmSubject.Resource),
        "PropertyChangeNotAllowed" => new(Conflict, "The resource exists with other parameters, and they cannot be changed.") { Reason = subject == ArmSubject.Instance ? Reasons.KeyReused : null },
        "InvalidResourceLocation" => new(Conflict, "A resource of that name exists in another region.") { Reason = subject == ArmSubject.Instance ? Reasons.KeyReused : null },
        "OperationNotAllowed" or "Conflict" when failure.Message?.Contains("delet", StringComparison.OrdinalIgnoreCase) == true && failure.Message.Contains("being", StringComparison.OrdinalIgnoreCase) => ArmErrorRow.Busy,
        "OperationNotAllowed" or "VMNotRunning" or "VMStopped" or "OperationNotAllowedOnVMImageAsVMsBeingProvisioned" or "CannotHibernate" or "HibernateNotSupported" =>
            new(Conflict, "The state of the resource forbids it.") { Reason = subject == ArmSubject.Instance ? Reasons.WrongState : null, QuotesService = true },
        "AttachDiskWhileBeingDetached" or "DiskBeingDetached" => ArmErrorRow.Busy,
        "AnotherOperationInProgress" or "RetryableError" or "ReferencedResourceNotProvisioned" or "ResourceGroupBeingDeleted" or "ResourceInvalidProvisioningState" or "ConflictingConcurrentWriteNotAllowed" or
            "ConcurrentUpdateError" or "ResourceModified" or "RequestConflict" or "CanceledAndSupersededDueToAnotherOperation" or "InProgress" => ArmErrorRow.Busy,
        "OperationPreempted" or "OperationPreemptedByAnotherOperation" or "Canceled" => new(Conflict, "The operation was cancelled, as by a later one on the same resource.") { QuotesService = true },
        "AnchorResourceConflict" or "Conflict" or "ResourceInUse" => new(Conflict, "The resource is in use, or its state forbids it.") { QuotesService = true },
        "DiskIsAttached" or "CannotDeleteDisk" or "PublicIPAddressCannotBeDeleted" or "PublicIPAddressInUse" or "NicInUse" or "SubnetIsFull" or "DiskAlreadyAttached" or "DiskInUse" or "OSDiskInUse" =>
            new(Conflict, "Something uses the resource.") { QuotesService = true },
        { } code when code.StartsWith("InUse", StringComparison.Ordinal) || code.EndsWith("AlreadyInUse", StringComparison.Ordinal) => new(Conflict, "Something uses the resource.") { QuotesService = true },
        "OSProvisioningTimedOut" or "OSProvisioningClientError" or "OSProvisioningInternalError" or "VMStartTimedOut" or "VMAgentStatusCommunicationError" or "ProvisioningFailed" =>
            new(Unavailable, "The machine was made, and its system did not come up.") { Reason = subject == ArmSubject.Instance ? Reasons.TerminalState : null, IsTransient = false, QuotesService = true },
        _ => null,
    };

    private static ArmErrorRow? FindInput(string? code) => code switch
    {
        "InvalidTagNameCharacters" or "TagNameTooLong" or "InvalidTag" or "TooManyTags" or "ReservedTag" or "TagValueTooLong" or "InvalidTagValue" or "DuplicateTagNames" =>
            new(InvalidArgument, "Azure cannot hold a tag.") { Reason = Reasons.TagNotSupported, QuotesService = true },
        "BadRequest" or "InvalidParameter" or "InvalidRequestContent" or "InvalidRequestFormat" or "LinkedInvalidPropertyId" or "InvalidRequest" or "InvalidApiVersionParameter" or "MissingApiVersionParameter" or
            "InvalidResourceName" or "InvalidParameterValue" or "NetcfgSubnetRangesOverlap" or "NetcfgInvalidSubnet" or "SshPublicKeyInvalid" or "SecurityRuleInvalidAddressPrefix" or
            "SecurityRuleInvalidPortRange" or "UnsupportedMediaType" => new(InvalidArgument, "Azure does not accept the request.") { QuotesService = true },
        "InternalServerError" or "InternalExecutionError" or "InternalOperationError" or "InternalError" or "ServerTimeout" or "NetworkingInternalOperationError" or "DiskServiceInternalError" or "ServiceUnavailable" =>
            new(Unavailable, "Azure failed inside; try again.") { MayHaveTakenEffect = true },
        "GatewayTimeout" or "OperationTimedOut" => new(CloudErrorCode.Timeout, "Azure did not get done in time.") { MayHaveTakenEffect = true },
        _ => null,
    };

    private static ArmErrorRow FindByStatus(ArmFailure failure, ArmSubject subject) => failure.Status switch
    {
        >= 500 when failure.IsForeign => new(Unavailable, "Something in front of the service, such as a proxy, answered that it cannot be reached.") { MayHaveTakenEffect = true },
        >= 300 and < 500 when failure.IsForeign => new(CloudErrorCode.Unknown, "Not Azure but a web server or proxy answered: check ResourceManagerEndpoint and the proxy settings."),
        400 => new(InvalidArgument, "Azure does not accept the request.") { QuotesService = true },
        401 => new(Unauthenticated, "Azure does not accept the token: check Credential, ResourceManagerEndpoint and AuthorityHost.") { Scope = ErrorScope.Cloud },
        403 => new(PermissionDenied, "Azure denies it.") { Scope = ErrorScope.Cloud, QuotesService = true },
        404 => Missing(subject),
        408 => new(CloudErrorCode.Timeout, "Azure gave up waiting for the request."),
        409 or 412 => new(Conflict, "The state of the resource forbids it, or another request is in the way.") { QuotesService = true },
        501 => new(Unsupported, "Azure does not offer this.") { QuotesService = true },
        >= 500 => new(Unavailable, "Azure failed inside; try again.") { MayHaveTakenEffect = true },
        _ => new(CloudErrorCode.Unknown, "Azure answered something that is not known here.") { QuotesService = true },
    };

    private static ArmErrorRow Short(string text, ErrorScope scope) => new(CapacityShortage, text) { Scope = scope };

    private static ArmErrorRow Missing(ArmSubject subject) => subject switch
    {
        ArmSubject.Instance => new(NotFound, "There is no such instance, or something that it needs is missing.") { Reason = Reasons.InstanceNotFound, QuotesService = true },
        ArmSubject.Image => ArmErrorRow.NoImage,
        _ => new(NotFound, "There is no such resource, or something that it needs is missing.") { QuotesService = true },
    };

    private static string Shorten(string text)
    {
        const int Most = 400;
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= Most ? line : string.Concat(line.AsSpan(0, Most), "…");
    }
}
