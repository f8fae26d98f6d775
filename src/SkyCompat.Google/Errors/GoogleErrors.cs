using static SkyCompat.CloudErrorCode;
using Reasons = SkyCompat.ObjectStorage.ObjectStorageErrorReasons;

namespace SkyCompat.Google;

/// <summary>The error table: what each reason of the JSON API, code of the XML API and status of Cloud Storage means.</summary>
internal static class GoogleErrors
{
    /// <summary>Makes the error of a reply.</summary>
    /// <param name="failure">The reply.</param>
    /// <param name="kind">What the request was.</param>
    /// <returns>The error.</returns>
    public static CloudException Create(in GoogleFailure failure, RequestKind kind)
    {
        var row = Find(failure, kind);
        var text = row.QuotesStore && failure.Message is { Length: > 0 } said ? $"{row.Text} The store says: {Shorten(said)}" : row.Text;
        return new CloudException(row.Code, text)
        {
            Reason = row.Reason,
            IsTransient = row.IsTransient ?? row.Code is Throttled or Unavailable or CloudErrorCode.Timeout,
            Scope = row.Scope,
            RetryAfter = failure.RetryAfter,
            MayHaveTakenEffect = kind.IsWrite && row.MayHaveTakenEffect,
            ProviderCode = failure.Code,
            StatusCode = failure.Status == 0 ? null : failure.Status,
            RequestId = failure.RequestId,
        };
    }

    private static Row Find(in GoogleFailure failure, RequestKind kind) => failure.Code switch
    {
        // Of the JSON API, in the order of their statuses.
        "notFound" => Says(failure, "bucket does not exist") || Says(failure, "bucket was not found") ? Missing(GoogleSubject.Bucket, kind) : Missing(kind.Subject, kind),
        "conflict" => Conflicting(kind.Subject),
        "conditionNotMet" => ConditionFailed(kind),
        "invalid" or "invalidArgument" or "badRequest" or "invalidParameter" or "parseError" or "required" when failure.Status == 400 => Invalid(failure, kind),
        "required" or "authError" or "authorizationRequired" or "lockedDomainCreationFailure" or "UNAUTHENTICATED" => Refused(failure),
        "forbidden" or "insufficientPermissions" or "insufficientAuthorizedParty" or "insufficientParentPermissions" or "accessDenied" or "projectAccessDenied" or "countryBlocked" or
            "cloudKmsAccessDenied" or "vpcServiceControls" or "PERMISSION_DENIED" => Denied,
        "sslRequired" => new(InvalidArgument, null, "The store takes requests over https only: check Endpoint."),
        "accountDisabled" or "billingNotEnabled" or "userProjectMissing" or "userProjectInconsistent" or "projectAccountClosed" or "notInDomain" or "accessNotConfigured" =>
            new(PermissionDenied, null, "The project cannot be used: its account or billing is off, or the service is not enabled.") { QuotesStore = true, Scope = ErrorScope.Cloud },
        "rateLimitExceeded" or "userRateLimitExceeded" or "concurrentLimitExceeded" or "servingLimitExceeded" or "rateLimitExceededUnreg" or "RESOURCE_EXHAUSTED" =>
            new(Throttled, null, "The store asks to slow down: send fewer requests at a time, or write the same key less often than once a second."),
        "quotaExceeded" or "dailyLimitExceeded" or "dailyLimitExceededUnreg" or "limitExceeded" => new(QuotaExceeded, null, "A quota of the project is used up: raise it, or wait until it is renewed.") { QuotesStore = true },
        "retentionPolicyNotMet" or "objectUnderActiveHold" or "bucketLockedRetentionPolicy" or "RetentionPolicyNotMet" or "ObjectUnderActiveHold" or "objectRetained" =>
            new(Conflict, Reasons.ObjectRetained, "The object is under a hold or retention."),
        "gone" or "uploadSessionExpired" => Missing(kind.Subject, kind),
        "uploadTooLarge" => new(InvalidArgument, Reasons.TooLarge, "The object is larger than the store takes."),
        "requestedRangeNotSatisfiable" => Unsatisfiable,
        "notModified" => NotModified,
        "methodNotAllowed" => new(Unsupported, null, "The store does not allow this operation on this resource.") { QuotesStore = true },
        "notImplemented" => new(Unsupported, null, "The store does not know this operation.") { QuotesStore = true },
        "uploadBrokenConnection" => new(Unavailable, null, "The store lost the connection while it received the body.") { MayHaveTakenEffect = true },
        "backendError" or "internalError" or "internalServerError" or "INTERNAL" => InsideFailure,
        "backendNotConnected" or "transientError" or "UNAVAILABLE" => Overloaded,

        // Of the XML API.
        "NoSuchBucket" => Missing(GoogleSubject.Bucket, kind),
        "NoSuchKey" => Missing(kind.Subject is GoogleSubject.Upload or GoogleSubject.Version ? kind.Subject : GoogleSubject.Object, kind),
        "NoSuchVersion" => Missing(GoogleSubject.Version, kind),
        "NoSuchUpload" => Missing(GoogleSubject.Upload, kind),
        "PreconditionFailed" => ConditionFailed(kind),
        "InvalidRange" => Unsatisfiable,
        "BadDigest" or "InvalidDigest" => WrongChecksum,
        "EntityTooSmall" => new(InvalidArgument, Reasons.InvalidPart, "A part other than the last is smaller than the store allows."),
        "EntityTooLarge" => new(InvalidArgument, Reasons.TooLarge, "The object or body is larger than the store takes in one request."),
        "InvalidPart" or "InvalidPartOrder" or "InvalidPartNumber" => new(InvalidArgument, Reasons.InvalidPart, "A part of the upload is missing, out of order or not the one that was sent."),
        "AccessDenied" or "AccountProblem" or "UserProjectAccountProblem" or "InsufficientQuota" => Denied,
        "AuthenticationRequired" or "InvalidSecurity" or "MissingSecurityHeader" or "MissingSecurityElement" => Refused(failure),
        "ExpiredToken" or "RequestTimeTooSkewed" => Refused(failure with { IsSkewed = failure.IsSkewed || failure.Code == "RequestTimeTooSkewed" }),
        "SlowDown" or "TooManyRequests" => new(Throttled, null, "The store asks to slow down: send fewer requests at a time, or write the same key less often than once a second."),
        "ServiceUnavailable" => Overloaded,
        "InternalError" => InsideFailure,
        "RequestTimeout" => new(CloudErrorCode.Timeout, null, "The store gave up waiting for bytes of the request: the way to it is slow or broken."),
        "InvalidBucketName" => new(InvalidArgument, Reasons.InvalidBucketName, "The store does not accept the bucket name."),
        "KeyTooLong" or "InvalidObjectName" => new(InvalidArgument, Reasons.InvalidKey, "The store does not accept the key.") { QuotesStore = true },
        "MetadataTooLarge" => new(InvalidArgument, Reasons.InvalidMetadata, "The metadata is larger than the store takes."),
        "InvalidArgument" when kind.Subject == GoogleSubject.Upload && Says(failure, "uploadId") => Missing(GoogleSubject.Upload, kind),
        "InvalidArgument" or "InvalidRequest" or "InvalidURI" or "MalformedHeaderValue" or "MalformedXML" or "MalformedCompleteMultipartUploadRequest" or "ExcessHeaderValues" or "BadRequest" => Invalid(failure, kind),
        "MethodNotAllowed" or "NotImplemented" => new(Unsupported, null, "The store does not know or allow this operation.") { QuotesStore = true },
        "MissingContentLength" => new(InvalidArgument, null, "The store wants the length of the body, and something on the way dropped it."),
        _ => FindByStatus(failure, kind),
    };

    private static Row FindByStatus(in GoogleFailure failure, RequestKind kind) => failure.Status switch
    {
        >= 500 and not 501 and not 507 when failure.IsForeign => new(Unavailable, null, "Something in front of the store, such as a proxy, answered that it cannot be reached.") { MayHaveTakenEffect = true },
        >= 400 and < 500 and not 429 and not 407 and not 408 when failure.IsForeign && kind.Subject != GoogleSubject.Session =>
            new(CloudErrorCode.Unknown, null, "Not Cloud Storage but a web server or proxy answered: check Endpoint and the proxy settings."),
        >= 300 and < 400 and not 304 and not 308 => new(CloudErrorCode.Unknown, null, "The store, or something in front of it, sends the request elsewhere, which it does only where Endpoint is wrong."),
        304 => NotModified,
        308 => new(Unavailable, null, "The store did not take the whole body.") { MayHaveTakenEffect = true },
        400 => Invalid(failure, kind),
        401 => Refused(failure),
        403 => Denied,
        404 or 410 => Missing(kind.Subject, kind),
        405 => new(Unsupported, null, "The store does not allow this operation on this resource."),
        407 => new(Unauthenticated, null, "The proxy in front of the store wants credentials."),
        408 => new(CloudErrorCode.Timeout, null, "The store gave up waiting for the request."),
        409 => Conflicting(kind.Subject),
        411 => new(InvalidArgument, null, "The store wants the length of the body, and something on the way dropped it."),
        412 => ConditionFailed(kind),
        413 => new(InvalidArgument, Reasons.TooLarge, "The body is larger than the store, or a proxy in front of it, takes in one request."),
        416 => Unsatisfiable,
        429 => new(Throttled, null, "The store asks to slow down: send fewer requests at a time, or write the same key less often than once a second."),
        // A client that closed the request gets this number where a resumable upload was cancelled.
        499 => Missing(kind.Subject, kind),
        501 => new(Unsupported, null, "The store does not know this operation.") { QuotesStore = true },
        503 => Overloaded,
        507 => new(QuotaExceeded, Reasons.StorageFull, "The store is full."),
        >= 500 => InsideFailure,
        _ => new(CloudErrorCode.Unknown, null, "The store answered something that is not known here.") { QuotesStore = true },
    };

    private static Row Denied => new(PermissionDenied, null, "The store denies it: the credentials are good but do not allow this, so grant a role that does, such as Storage Object Admin, or make the bucket these credentials' own.") { QuotesStore = true };

    private static Row InsideFailure => new(Unavailable, null, "The store failed inside; try again.") { MayHaveTakenEffect = true };

    private static Row Overloaded => new(Unavailable, null, "The store is overloaded or in maintenance; try again later.") { MayHaveTakenEffect = true };

    private static Row Unsatisfiable => new(InvalidArgument, Reasons.RangeNotSatisfiable, "The range starts at or beyond the end of the object.");

    private static Row NotModified => new(PreconditionFailed, Reasons.NotModified, "The object was not modified.");

    private static Row WrongChecksum => new(DataCorrupted, Reasons.ChecksumMismatch, "The bytes that the store received do not have the checksum that was sent; nothing was stored.");

    private static Row Invalid(in GoogleFailure failure, RequestKind kind) =>
        Says(failure, "doesn't match calculated") || Says(failure, "does not match calculated") ? WrongChecksum
            : kind.Subject == GoogleSubject.Version && Says(failure, "generation") ? Missing(GoogleSubject.Version, kind)
            : kind.Subject == GoogleSubject.NewBucket && Says(failure, "bucket name") ? new(InvalidArgument, Reasons.InvalidBucketName, "The store does not accept the bucket name.") { QuotesStore = true }
            : Says(failure, "page token") || Says(failure, "pageToken") ? new(InvalidArgument, Reasons.InvalidToken, "The continuation token was not made by this list.")
            : new(InvalidArgument, null, "The store does not accept the request.") { QuotesStore = true };

    private static Row Missing(GoogleSubject subject, RequestKind kind) => subject switch
    {
        GoogleSubject.Bucket or GoogleSubject.NewBucket => new(NotFound, Reasons.BucketNotFound, "The bucket does not exist: check its name."),
        GoogleSubject.Upload => new(NotFound, Reasons.UploadNotFound, "The multipart upload does not exist, or was completed or aborted."),
        // The session is this driver's own, so that a new attempt starts a new one.
        GoogleSubject.Session => new(Unavailable, null, "The store has lost the resumable upload; it is started anew.") { MayHaveTakenEffect = true },
        GoogleSubject.CopySource when kind.IsPinned => new(PreconditionFailed, Reasons.ObjectChanged, "The source is no longer the content that was to be copied. Nothing was written."),
        _ when kind.Condition == GoogleCondition.IfMatch => new(PreconditionFailed, null, "There is no object, so it does not have the tag that was demanded."),
        GoogleSubject.Version => new(NotFound, Reasons.VersionNotFound, "That version of the object does not exist."),
        _ => new(NotFound, Reasons.ObjectNotFound, "The object does not exist."),
    };

    private static Row Conflicting(GoogleSubject subject) => subject switch
    {
        GoogleSubject.NewBucket => new(AlreadyExists, Reasons.BucketExists, "The bucket name is taken: bucket names are shared by all users of the store, so choose another."),
        GoogleSubject.Bucket => new(Conflict, Reasons.BucketNotEmpty, "The bucket still holds objects, versions or unfinished uploads: delete them first."),
        _ => new(Conflict, Reasons.ConcurrentWrite, "Another write to the same key was in the way; read what it left and decide again.") { IsTransient = true },
    };

    private static Row ConditionFailed(RequestKind kind) => kind.Condition switch
    {
        GoogleCondition.IfAbsent => new(AlreadyExists, Reasons.ObjectExists, "An object has that key."),
        _ => new(PreconditionFailed, null, "The stored object is another one than the condition demands; read it and decide again."),
    };

    private static Row Refused(in GoogleFailure failure) => failure.IsSkewed
        ? new(Unauthenticated, Reasons.ClockSkew, "This machine's clock and the store's differ by more than the store allows: set the clock.") { IsTransient = failure.IsCured, Scope = ErrorScope.Cloud }
        : new(Unauthenticated, null, failure.IsCured ? "The access token has ended; a new one is asked for." : "The store does not accept the credentials: check which ones are used, and that they are not revoked.")
        {
            IsTransient = failure.IsCured,
            Scope = ErrorScope.Cloud,
        };

    private static bool Says(in GoogleFailure failure, string words) => failure.Message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    private static string Shorten(string text) => text.Length <= 300 ? text : string.Concat(text.AsSpan(0, 300), "…");

    private sealed record Row(CloudErrorCode Code, string? Reason, string Text)
    {
        public bool? IsTransient { get; init; }

        public bool MayHaveTakenEffect { get; init; }

        public bool QuotesStore { get; init; }

        public ErrorScope Scope { get; init; }
    }
}
