using SkyCompat.Compute;
using static SkyCompat.CloudErrorCode;

namespace SkyCompat.Alibaba;

/// <summary>What the codes of ECS and VPC mean.</summary>
internal static class EcsErrorCodes
{
    /// <summary>Finds the row of a code; null if no row has it.</summary>
    public static EcsErrorRow? Find(string code) => FindShortage(code) ?? FindAccount(code) ?? FindState(code) ?? FindRequest(code) ?? FindByForm(code);

    private static EcsErrorRow? FindShortage(string code) => code switch
    {
        "OperationDenied.NoStock" => new(CapacityShortage, ErrorScope.Offer, "The instance type is out of stock in this zone and market."),
        "ResourceNotAvailable" => new(CapacityShortage, ErrorScope.OfferInRegion, "The instance type is not to be had in this region now."),
        "OperationDenied.ZoneNotAllowed" => new(Unsupported, ErrorScope.Zone, "The zone sells no new instances: choose another."),
        "Zone.NotOnSale" or "InvalidInstanceType.ZoneNotSupported" or "InvalidInstanceType.NotSupported" or "InvalidInstanceType.ValueNotSupported" or "InvalidInstanceType.ValueUnauthorized" or
            "InvalidResourceType.NotSupported" or "InvalidSystemDiskCategory.ValueNotSupported" or "InvalidInstanceType.NotSupportDiskCategory" or "ImageNotSupportInstanceType" =>
            new(Unsupported, ErrorScope.Offer, "The instance type is not sold in this zone, or not with this kind of disk or image."),
        "QuotaExceed.ElasticQuota" => new(QuotaExceeded, ErrorScope.QuotaGroup, "The quota of vCPUs for this family of instance types is used up: ask for a larger one in the quota centre."),
        "QuotaExceed.DiskCapacity" => new(QuotaExceeded, ErrorScope.Region, "The quota of disk capacity in this region is used up."),
        "InsufficientBalance" or "InvalidAccountStatus.NotEnoughBalance" or "Account.Arrearage" => new(QuotaExceeded, ErrorScope.Cloud, "The account's balance does not suffice: charge it."),
        "InvalidPayMethod" => new(QuotaExceeded, ErrorScope.Cloud, "The account has no way of payment that allows this: add one in the console."),
        "InstanceCreateFailed.MinAmount" or "InvalidAmount.MinAmountNotSatisfied" => new(CapacityShortage, ErrorScope.Offer, "Fewer instances than the minimum could be had.") { Reason = ComputeErrorReasons.BelowMinimum },
        _ => null,
    };

    private static EcsErrorRow? FindAccount(string code) => code switch
    {
        "InvalidAccessKeyId.NotFound" => Refused("The access key id is unknown: check AccessKeyId."),
        "InvalidAccessKeyId.Inactive" => Refused("The access key is switched off: check AccessKeyId."),
        "SignatureDoesNotMatch" => Refused("The signature is wrong, mostly because of the secret: check AccessKeySecret."),
        "IncompleteSignature" => Refused("The signature is not complete: check what changes requests on their way."),
        "InvalidTimeStamp.Expired" or "InvalidTimeStamp.Format" => Refused("The request's time is not the server's: set this machine's clock."),
        "InvalidSecurityToken.Expired" or "InvalidSecurityToken.Malformed" or "InvalidSecurityToken.MismatchWithAccessKey" or "MissingSecurityToken" =>
            Refused("The security token has expired or is not of this access key: get new temporary credentials."),
        "Forbidden.RAM" or "NoPermission" or "Forbidden.SubUser" or "Forbidden.AccountClosed" or "Forbidden.UserBlock" or "UserNotInTheWhiteList" =>
            new(PermissionDenied, ErrorScope.Cloud, "The credentials do not allow this: grant the action to the RAM user or role."),
        "Forbidden.RegionId" or "UnauthorizedRegion" or "InvalidOperation.RegionNotAllowed" => new(PermissionDenied, ErrorScope.Region, "The account may not use this region."),
        "Throttling" or "Throttling.User" or "Throttling.Api" or "FlowControl" => new(Throttled, ErrorScope.Request, "Too many requests for this operation or user: send fewer at a time."),
        "SignatureNonceUsed" => new(Unavailable, ErrorScope.Request, "The request arrived twice.") { MayHaveTakenEffect = true },
        "ServiceUnavailable" or "ServiceUnavailable.Temporary" => new(Unavailable, ErrorScope.Request, "The service is overloaded or in maintenance.") { MayHaveTakenEffect = true },
        "InternalError" or "InternalServerError" or "UnknownError" => new(Unavailable, ErrorScope.Request, "The service failed inside.") { MayHaveTakenEffect = true },
        _ => null,
    };

    private static EcsErrorRow? FindState(string code) => code switch
    {
        "IdempotentParameterMismatch" or "IdempotenceParamNotMatch" or "IdempotentParamNotMatch" =>
            new(Conflict, ErrorScope.Request, "The client token was used with other parameters.") { Reason = ComputeErrorReasons.KeyReused },
        "IdempotentProcessing" or "LastTokenProcessing" or "OperationConflict" or "TaskConflict" or "InvalidOperation.Conflict" or "IncorrectVpcStatus" or "IncorrectVSwitchStatus" or
            "InvalidVSwitchId.Status" or "ServiceIsBeingProcessed" => new(Conflict, ErrorScope.Request, "Another operation on it is under way.") { IsTransient = true },
        "IncorrectEipStatus" or "InvalidOperation.DeletionProtection" or "OperationDenied.DeletionProtection" => new(Conflict, ErrorScope.Request, "Its state forbids this."),
        _ when code.StartsWith("IncorrectInstanceStatus", StringComparison.Ordinal) || code.StartsWith("InvalidInstanceStatus", StringComparison.Ordinal) =>
            new(Conflict, ErrorScope.Request, "The instance's state forbids this.") { Reason = ComputeErrorReasons.WrongState },
        _ when code.StartsWith("IncorrectDiskStatus", StringComparison.Ordinal) || code.StartsWith("InvalidDiskStatus", StringComparison.Ordinal) =>
            new(Conflict, ErrorScope.Request, "The disk's state forbids this."),
        _ when code.StartsWith("DependencyViolation", StringComparison.Ordinal) || code.StartsWith("ResourceInUse", StringComparison.Ordinal) => new(Conflict, ErrorScope.Request, "Something uses it."),
        _ => null,
    };

    private static EcsErrorRow? FindRequest(string code) => code switch
    {
        "InvalidInstanceId.NotFound" or "InvalidInstanceIds.NotFound" or "InvalidInstanceId.Malformed" or "InvalidInstanceIds.Malformed" or "InvalidInstanceId" =>
            new(NotFound, ErrorScope.Request, "There is no such instance in this region.") { Reason = ComputeErrorReasons.InstanceNotFound },
        "InvalidImageId.NotFound" or "InvalidImageId.NotSupported" or "InvalidImageFamily.NotFound" or "ImageFamilyNotFound" or "NoSuchImage" =>
            new(NotFound, ErrorScope.Request, "There is no such image in this region.") { Reason = ComputeErrorReasons.ImageNotFound },
        "InvalidUserData.SizeExceeded" or "InvalidUserData.Base64FormatInvalid" => new(InvalidArgument, ErrorScope.Request, "User data is longer than ECS takes.") { Reason = ComputeErrorReasons.UserDataTooLarge },
        "InvalidTagKey.Malformed" or "InvalidTagValue.Malformed" or "InvalidTagKey.Length" or "InvalidTagCount" or "NumberExceed.Tags" or "Duplicate.TagKey" =>
            new(InvalidArgument, ErrorScope.Request, "A tag is one that ECS cannot hold.") { Reason = ComputeErrorReasons.TagNotSupported },
        "DryRunOperation" => new(Conflict, ErrorScope.Request, "The request would have succeeded and was a dry run."),
        _ => null,
    };

    /// <summary>What the form of a code says: its first or its last part.</summary>
    private static EcsErrorRow? FindByForm(string code)
    {
        if (Starts("Throttling."))
        {
            return new(Throttled, ErrorScope.Request, "Too many requests for this operation or user: send fewer at a time.");
        }

        if (code.Contains("QuotaExceed", StringComparison.Ordinal) || Starts("LimitExceed"))
        {
            return new(QuotaExceeded, ErrorScope.Region, "A quota of the account in this region is used up.");
        }

        return Starts("Forbidden") ? new(PermissionDenied, ErrorScope.Request, "The account or the credentials do not allow this.")
            : Ends(".NotFound") || Ends(".NotExist") ? new(NotFound, ErrorScope.Request, "There is no such thing in this region.")
            : Ends(".Duplicate") || Ends(".Duplicated") || Ends(".AlreadyExist") || Ends(".AlreadyExists") || Ends(".AlreadyExisted") ? new(AlreadyExists, ErrorScope.Request, "Something of that name exists.")
            : Starts("Invalid") || Starts("Missing") || Starts("IllegalParam") ? new(InvalidArgument, ErrorScope.Request, "The request cannot be right.")
            : null;

        bool Starts(string part) => code.StartsWith(part, StringComparison.Ordinal);

        bool Ends(string part) => code.EndsWith(part, StringComparison.Ordinal);
    }

    private static EcsErrorRow Refused(string text) => new(Unauthenticated, ErrorScope.Cloud, text) { IsQuoted = false };
}
