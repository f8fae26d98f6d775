using System.Net;
using static SkyCompat.CloudErrorCode;
using Reasons = SkyCompat.ObjectStorage.ObjectStorageErrorReasons;

namespace SkyCompat.S3;

/// <summary>The error table: what each code and status of an S3-compatible store means.</summary>
internal static class S3Errors
{
    /// <summary>Whether a reply is the kind that says in which region a bucket is.</summary>
    public static bool NamesRegion(HttpStatusCode status, string? code) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect or HttpStatusCode.BadRequest &&
        code is null or "AuthorizationHeaderMalformed" or "PermanentRedirect" or "TemporaryRedirect" or "IllegalLocationConstraintException" or "InvalidRegion";

    /// <summary>Makes the error of a reply.</summary>
    /// <param name="failure">The reply.</param>
    /// <param name="subject">What the request was about.</param>
    /// <param name="condition">The condition that it carried.</param>
    /// <param name="isWrite">Whether it writes.</param>
    /// <returns>The error.</returns>
    public static CloudException Create(in S3Failure failure, S3Subject subject, S3Condition condition, bool isWrite)
    {
        return Create(failure, Find(failure, subject, condition), isWrite);
    }

    /// <summary>Makes the error of a reply by a row of a table.</summary>
    public static CloudException Create(in S3Failure failure, S3ErrorRow row, bool isWrite)
    {
        var text = row.Text;
        if (row.QuotesStore && failure.Message is { Length: > 0 } said)
        {
            text = $"{text} The store says: {Shorten(said)}";
        }

        return new CloudException(row.Code, text, failure.Exception)
        {
            Reason = row.Reason,
            IsTransient = row.IsTransient ?? row.Code is Throttled or Unavailable or CloudErrorCode.Timeout,
            Scope = row.Scope,
            RetryAfter = failure.RetryAfter,
            MayHaveTakenEffect = isWrite && row.MayHaveTakenEffect,
            ProviderCode = failure.Code,
            StatusCode = failure.Status == 0 ? null : failure.Status,
            RequestId = failure.RequestId,
        };
    }

    private static S3ErrorRow Find(in S3Failure failure, S3Subject subject, S3Condition condition) => failure.Code switch
    {
        "NoSuchBucket" => new(NotFound, Reasons.BucketNotFound, "The bucket does not exist: check its name, and whether it is in this cloud and region."),
        "NoSuchKey" or "NoSuchObject" when condition == S3Condition.IfMatch => Missing(S3Subject.Object, condition),
        // Of an upload that is gone, Ceph says that its key is.
        "NoSuchKey" or "NoSuchObject" => Missing(subject == S3Subject.Bucket ? S3Subject.Object : subject, condition),
        "NoSuchVersion" => Missing(S3Subject.Version, condition),
        "NoSuchUpload" => Missing(S3Subject.Upload, S3Condition.None),
        "BucketAlreadyExists" => new(AlreadyExists, Reasons.BucketExists, "The bucket name belongs to somebody else: bucket names are shared by all users of the store, so choose another."),
        "BucketAlreadyOwnedByYou" => new(AlreadyExists, Reasons.BucketExists, "The bucket exists and belongs to these credentials."),
        "BucketNotEmpty" => new(Conflict, Reasons.BucketNotEmpty, "The bucket still holds objects, versions or unfinished uploads: delete them first."),
        "PreconditionFailed" => ConditionFailed(condition),
        "NotModified" => ConditionFailed(condition, notModified: true),
        "FileAlreadyExists" or "ObjectAlreadyExists" => new(AlreadyExists, Reasons.ObjectExists, "An object has that key."),
        "ConditionalRequestConflict" or "OperationAborted" or "ConcurrentUpdatesException" =>
            new(Conflict, Reasons.ConcurrentWrite, "Another write to the same key was in the way; read what it left and decide again.") { IsTransient = true },
        "InvalidRange" => new(InvalidArgument, Reasons.RangeNotSatisfiable, "The range starts at or beyond the end of the object."),
        "SlowDown" or "SlowDownRead" or "SlowDownWrite" or "Throttling" or "ThrottlingException" or "ThrottledException" or "TooManyRequests" or "TooManyRequestsException" or
            "RequestLimitExceeded" or "RequestThrottled" or "BandwidthLimitExceeded" or "QpsLimitExceeded" or "TotalQpsLimitExceeded" or "RateLimitExceeded" or "MaxQPSExceed" =>
            new(Throttled, null, "The store asks to slow down: send fewer requests at a time, or spread the keys."),
        "ServiceUnavailable" or "ServerBusy" or "Busy" => new(Unavailable, null, "The store is overloaded or in maintenance; try again later."),
        "InternalError" or "InternalServerError" => new(Unavailable, null, "The store failed inside; try again.") { MayHaveTakenEffect = true },
        "RequestTimeout" or "RequestTimeOut" => new(CloudErrorCode.Timeout, null, "The store gave up waiting for bytes of the request: the way to it is slow or broken."),
        "BadDigest" or "InvalidDigest" or "XAmzContentChecksumMismatch" or "XAmzContentSHA256Mismatch" or "ContentSHA256Mismatch" or "ContentMD5NotMatch" or "InvalidChecksum" =>
            new(DataCorrupted, Reasons.ChecksumMismatch, "The bytes that the store received do not have the checksum that was sent; nothing was stored."),
        "EntityTooLarge" or "MaxMessageLengthExceeded" => new(InvalidArgument, Reasons.TooLarge, "The object or body is larger than the store takes in one request."),
        "EntityTooSmall" => new(InvalidArgument, Reasons.InvalidPart, "A part other than the last is smaller than the store allows."),
        "InvalidPart" or "InvalidPartOrder" or "InvalidPartNumber" => new(InvalidArgument, Reasons.InvalidPart, "A part of the upload is missing, out of order or not the one that was sent."),
        "InvalidObjectState" or "ObjectNotInActiveTier" or "RestoreAlreadyInProgress" => new(Conflict, Reasons.ObjectArchived, "The object is archived: restore it, then read."),
        "ObjectLocked" or "FileImmutable" or "ObjectUnderRetention" or "InvalidRetentionState" => new(Conflict, Reasons.ObjectRetained, "The object is under a legal hold or retention."),
        "AccessDenied" or "AllAccessDisabled" or "AccountProblem" or "Forbidden" or "UserDisable" or "AccessForbidden" or "InvalidPayer" or "NotSignedUp" =>
            new(PermissionDenied, null, "The store denies it: mostly the credentials are good but do not allow this, so grant the permission in its policy; some stores say the same of a wrong secret.") { QuotesStore = true },
        "InvalidAccessKeyId" or "InvalidSecurity" => Refused("The access key id is unknown to the store: check AccessKeyId and Endpoint."),
        "SignatureDoesNotMatch" => Refused("The signature is wrong, mostly because of the secret: check SecretAccessKey, and Region if the store checks it."),
        "ExpiredToken" or "TokenRefreshRequired" => Refused("The temporary credentials have expired: get new ones."),
        "InvalidToken" or "InvalidSecurityToken" or "SecurityTokenInvalid" => Refused("The session token is not valid: check SessionToken, or leave it out for permanent keys."),
        "MissingSecurityHeader" or "CredentialsNotSupported" or "AuthenticationRequired" => Refused("The store wants other credentials than were sent."),
        "RequestTimeTooSkewed" or "RequestExpired" => new(Unauthenticated, Reasons.ClockSkew, "This machine's clock and the store's differ by more than the store allows: set the clock.")
        {
            IsTransient = failure.Learned,
        },
        "AuthorizationHeaderMalformed" or "InvalidRegion" => WrongRegion(failure),
        "PermanentRedirect" or "TemporaryRedirect" or "Redirect" => WrongRegion(failure),
        "QuotaExceeded" or "StorageQuotaExceeded" or "StorageFull" or "XMinioStorageFull" or "InsufficientStorage" =>
            new(QuotaExceeded, Reasons.StorageFull, "The store or the account's share of it is full: delete objects or raise the quota."),
        "TooManyBuckets" => new(QuotaExceeded, null, "The account has as many buckets as it may: delete one or raise the quota."),
        "InvalidBucketName" => new(InvalidArgument, Reasons.InvalidBucketName, "The store does not accept the bucket name."),
        "IllegalLocationConstraintException" or "InvalidLocationConstraint" => new(InvalidArgument, null, "The region does not fit the endpoint: check Region and Endpoint.") { QuotesStore = true },
        "NotImplemented" or "XNotImplemented" => new(Unsupported, null, "The store does not know this operation or header: check that Profile names this store.") { QuotesStore = true },
        "MethodNotAllowed" when subject == S3Subject.Version => Missing(S3Subject.Version, condition),
        "MethodNotAllowed" => new(Unsupported, null, "The store does not allow this operation on this resource.") { QuotesStore = true },
        "KeyTooLongError" or "KeyTooLong" or "InvalidObjectName" or "XMinioInvalidObjectName" => new(InvalidArgument, Reasons.InvalidKey, "The store does not accept the key.") { QuotesStore = true },
        "MetadataTooLarge" or "RequestHeaderSectionTooLarge" => new(InvalidArgument, Reasons.InvalidMetadata, "The metadata is larger than the store takes."),
        "InvalidTag" or "InvalidTagError" => new(InvalidArgument, Reasons.InvalidTags, "The store does not accept the tags.") { QuotesStore = true },
        "InvalidArgument" when subject == S3Subject.Version => Missing(S3Subject.Version, condition),
        "InvalidArgument" or "InvalidRequest" or "InvalidURI" or "MalformedXML" or "InvalidStorageClass" or "MissingContentLength" or "BadRequest" or "InvalidBucketState" =>
            new(InvalidArgument, null, "The store does not accept the request.") { QuotesStore = true },
        _ => FindByStatus(failure, subject, condition),
    };

    private static S3ErrorRow FindByStatus(in S3Failure failure, S3Subject subject, S3Condition condition) => failure.Status switch
    {
        >= 500 and not 501 and not 507 when failure.IsForeign => new(Unavailable, null, "Something in front of the store, such as a proxy, answered that it cannot be reached.") { MayHaveTakenEffect = true },
        >= 400 and < 500 and not 429 and not 407 when failure.IsForeign && failure.Code is null =>
            new(CloudErrorCode.Unknown, null, "Not a store but a web server or proxy answered: check Endpoint and the proxy settings."),
        301 or 302 or 307 or 308 => WrongRegion(failure),
        304 => ConditionFailed(condition, notModified: true),
        400 when subject == S3Subject.Version => Missing(S3Subject.Version, condition),
        400 => WithRegion(failure) ?? new(InvalidArgument, null, "The store does not accept the request.") { QuotesStore = true },
        401 => Refused("The store does not accept the credentials."),
        403 when failure.Learned => new(Unauthenticated, Reasons.ClockSkew, "This machine's clock and the store's differ by more than the store allows: set the clock.") { IsTransient = true },
        403 => new(PermissionDenied, null, "The store refuses the request: check the credentials and the permissions in its policy.") { QuotesStore = true },
        404 => Missing(subject, condition),
        405 when subject == S3Subject.Version => Missing(S3Subject.Version, condition),
        405 => new(Unsupported, null, "The store does not allow this operation on this resource."),
        407 => new(Unauthenticated, null, "The proxy in front of the store wants credentials."),
        408 => new(CloudErrorCode.Timeout, null, "The store gave up waiting for the request."),
        409 => new(Conflict, null, "The store refuses because of the state of the resource.") { QuotesStore = true },
        411 => new(InvalidArgument, null, "The store wants the length of the body, and something on the way dropped it."),
        412 => ConditionFailed(condition),
        413 => new(InvalidArgument, Reasons.TooLarge, "The body is larger than the store, or a proxy in front of it, takes in one request."),
        416 => new(InvalidArgument, Reasons.RangeNotSatisfiable, "The range starts at or beyond the end of the object."),
        429 => new(Throttled, null, "The store asks to slow down: send fewer requests at a time."),
        501 => new(Unsupported, null, "The store does not know this operation or header: check that Profile names this store.") { QuotesStore = true },
        503 => new(Unavailable, null, "The store is overloaded or in maintenance; try again later."),
        507 => new(QuotaExceeded, Reasons.StorageFull, "The store is full."),
        >= 500 => new(Unavailable, null, "The store failed inside; try again.") { MayHaveTakenEffect = true },
        _ => new(CloudErrorCode.Unknown, null, "The store answered something that is not known here.") { QuotesStore = true },
    };

    private static S3ErrorRow Missing(S3Subject subject, S3Condition condition) => (subject, condition) switch
    {
        // A write that demands a tag cannot succeed where there is nothing.
        (S3Subject.Object, S3Condition.IfMatch) => new(PreconditionFailed, null, "There is no object, so it does not have the tag that was demanded."),
        (S3Subject.Version, _) => new(NotFound, Reasons.VersionNotFound, "That version of the object does not exist."),
        (S3Subject.Upload, _) => new(NotFound, Reasons.UploadNotFound, "The multipart upload does not exist, or was completed or aborted."),
        (S3Subject.Bucket, _) => new(NotFound, Reasons.BucketNotFound, "The bucket does not exist: check its name, and whether it is in this cloud and region."),
        _ => new(NotFound, Reasons.ObjectNotFound, "The object does not exist."),
    };

    private static S3ErrorRow ConditionFailed(S3Condition condition, bool notModified = false) => condition switch
    {
        S3Condition.IfAbsent => new(AlreadyExists, Reasons.ObjectExists, "An object has that key."),
        S3Condition.CopySource => new(PreconditionFailed, null, "The source does not have the tag that was demanded."),
        S3Condition.Read when notModified => new(PreconditionFailed, Reasons.NotModified, "The object was not modified."),
        _ => new(PreconditionFailed, null, "The stored object is another one than the condition demands; read it and decide again."),
    };

    private static S3ErrorRow Refused(string text) => new(Unauthenticated, null, text) { Scope = ErrorScope.Cloud };

    private static S3ErrorRow? WithRegion(in S3Failure failure) => failure.Learned ? WrongRegion(failure) : null;

    private static S3ErrorRow WrongRegion(in S3Failure failure) => failure.Learned
        ? new(Unauthenticated, null, $"The bucket is in region '{failure.Region}', which is used from now on.") { IsTransient = true }
        : new(Unauthenticated, null, "The store wants the request signed for, or sent to, another region or endpoint: check Region and Endpoint.") { QuotesStore = true };

    private static string Shorten(string text) => text.Length <= 300 ? text : string.Concat(text.AsSpan(0, 300), "…");
}
