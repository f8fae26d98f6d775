using SkyCompat.S3;
using static SkyCompat.CloudErrorCode;
using Reasons = SkyCompat.ObjectStorage.ObjectStorageErrorReasons;

namespace SkyCompat.Alibaba;

/// <summary>The error table of OSS, code first: the codes and advice of its own here; what it says in S3's words, and what the status alone tells, is in that table.</summary>
internal static class OssErrors
{
    /// <summary>Makes the error of a reply.</summary>
    /// <param name="failure">The reply.</param>
    /// <param name="subject">What the request was about.</param>
    /// <param name="condition">The condition that it carried.</param>
    /// <param name="isWrite">Whether it writes.</param>
    /// <returns>The error.</returns>
    public static CloudException Create(in S3Failure failure, S3Subject subject, S3Condition condition, bool isWrite) =>
        Find(failure, condition) is { } row ? S3Errors.Create(failure, row, isWrite) : S3Errors.Create(failure, subject, condition, isWrite);

    private static S3ErrorRow? Find(in S3Failure failure, S3Condition condition) => failure.Code switch
    {
        "InvalidAccessKeyId" => Refused("The access key id is unknown to OSS, or disabled: check AccessKeyId."),
        "SignatureDoesNotMatch" => Refused("The signature is wrong, mostly because of the secret: check AccessKeySecret, and that Region is the bucket's."),
        "SecurityTokenExpired" => Refused("The security token has expired: get new temporary credentials from STS."),
        "InvalidSecurityToken" or "SecurityTokenNotSupported" => Refused("The security token is not valid for this access key: check SecurityToken, or leave it out for permanent keys."),
        "SecondLevelDomainForbidden" => new(PermissionDenied, null, "OSS wants the bucket in the host's name: leave Addressing out, or set it to VirtualHost.") { Scope = ErrorScope.Cloud },
        "AccessDenied" when failure.Message?.Contains("endpoint", StringComparison.OrdinalIgnoreCase) == true =>
            new(PermissionDenied, null, "The bucket is in another region than this endpoint: check Region and Endpoint.") { QuotesStore = true },
        "InvalidArgument" or "AuthorizationArgumentError" when failure.Message?.Contains("signing region", StringComparison.OrdinalIgnoreCase) == true =>
            new(InvalidArgument, null, "The signature names another region than the endpoint's: set Region to the bucket's, such as cn-hangzhou.") { QuotesStore = true, Scope = ErrorScope.Cloud },
        "UserDisable" => new(PermissionDenied, null, "The account is closed for now, mostly because a bill is overdue: settle it in the console.") { Scope = ErrorScope.Cloud },
        "FileAlreadyExists" when condition != S3Condition.IfAbsent => new(Conflict, null, "A directory, or an object that may not be replaced, has that key.") { QuotesStore = true },
        "SymlinkTargetNotExist" or "NoSuchSymlinkTarget" => new(NotFound, Reasons.ObjectNotFound, "The object is a symbolic link, and what it points to does not exist."),
        "ObjectNotAppendable" or "PositionNotEqualToLength" => new(Conflict, null, "The object cannot be appended to at that place.") { QuotesStore = true },
        "ObjectAlreadyInRestoring" or "RestoreAlreadyInProgress" => new(Conflict, Reasons.ObjectArchived, "The object is archived and being restored: read it later."),
        "DownloadTrafficRateLimitExceeded" or "UploadTrafficRateLimitExceeded" or "MetaOperationQpsLimitExceeded" or "FlowLimitExceeded" or "OperationQpsLimitExceeded" =>
            new(Throttled, null, "The account's or bucket's share of requests or bytes per second is used up: send fewer at a time, or ask for a larger one."),
        "InvalidObjectName" => new(InvalidArgument, Reasons.InvalidKey, "OSS takes keys of 1 to 1,023 UTF-8 bytes that do not start with a slash or a backslash."),
        "InvalidTargetType" or "InvalidEncryptionRequest" or "InvalidResponse" or "ContentLengthMismatch" or "InvalidPolicyDocument" => new(InvalidArgument, null, "OSS does not accept the request.") { QuotesStore = true },
        "KmsServiceNotEnabled" or "KmsKeyDisabled" => new(PermissionDenied, null, "The bucket encrypts with a key of KMS that cannot be used.") { QuotesStore = true },
        "OperationNotSupported" or "NotSupported" => new(Unsupported, null, "OSS does not offer this for the bucket or object.") { QuotesStore = true },
        "NotImplemented" => new(Unsupported, null, "OSS does not know this operation or header here: check Endpoint.") { QuotesStore = true },
        "BucketVersioningNotSupported" => new(Unsupported, null, "The bucket cannot keep versions.") { QuotesStore = true },
        _ => null,
    };

    private static S3ErrorRow Refused(string text) => new(Unauthenticated, null, text) { Scope = ErrorScope.Cloud };
}
