using static SkyCompat.CloudErrorCode;
using Reasons = SkyCompat.ObjectStorage.ObjectStorageErrorReasons;

namespace SkyCompat.Azure;

/// <summary>The error table: what each code and status of Blob Storage means (Microsoft: "Blob service error codes" and "Common REST API error codes").</summary>
internal static class AzureErrors
{
    /// <summary>Makes the error of a reply.</summary>
    /// <param name="failure">The reply.</param>
    /// <param name="subject">What the request was about.</param>
    /// <param name="condition">The condition that it carried.</param>
    /// <param name="isWrite">Whether it writes.</param>
    /// <returns>The error.</returns>
    public static CloudException Create(in AzureFailure failure, AzureSubject subject, AzureCondition condition, bool isWrite)
    {
        var row = Find(failure, subject, condition);
        var text = row.Text;
        if (row.QuotesService && failure.Message is { Length: > 0 } said)
        {
            text = $"{text} The service says: {Shorten(said)}";
        }

        return new CloudException(row.Code, text)
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

    private static Row Find(in AzureFailure failure, AzureSubject subject, AzureCondition condition) => failure.Code switch
    {
        "ContainerNotFound" => Missing(AzureSubject.Container, AzureCondition.None),
        "ContainerBeingDeleted" => new(Conflict, null, "The container is being deleted, which takes half a minute or more; until then its name cannot be used.") { IsTransient = true },
        "ContainerDisabled" => new(PermissionDenied, null, "The container was disabled by its administrator."),
        "ContainerAlreadyExists" => new(AlreadyExists, Reasons.BucketExists, "The container exists."),
        "BlobNotFound" or "ResourceNotFound" or "PathNotFound" => Missing(subject, condition),
        "BlobAlreadyExists" or "ResourceAlreadyExists" or "PathAlreadyExists" => new(AlreadyExists, Reasons.ObjectExists, "An object has that key."),
        "UnauthorizedBlobOverwrite" => new(PermissionDenied, null, "The shared access signature may create objects and not replace them, and there is one: grant it permission 'w'."),
        "ConditionNotMet" or "TargetConditionNotMet" => ConditionFailed(condition, notModified: failure.Status == 304),
        "SourceConditionNotMet" => new(PreconditionFailed, null, "The source does not have the tag that was demanded."),
        "CannotVerifyCopySource" or "CopySourceNotFound" => CopySource(failure),
        "PendingCopyOperation" => new(Conflict, Reasons.ConcurrentWrite, "Somebody else is copying to the same key; read what that left and decide again.") { IsTransient = true },
        "InvalidBlobOrBlock" => new(Conflict, Reasons.ConcurrentWrite, "Blocks that another tool sent to the same key, with ids of another length, are in the way."),
        "LeaseIdMissing" or "LeaseAlreadyPresent" or "LeaseIdMismatchWithBlobOperation" or "LeaseIdMismatchWithContainerOperation" or "LeaseIdMismatchWithLeaseOperation" or "LeaseLost" or
            "LeaseNotPresentWithBlobOperation" or "LeaseNotPresentWithContainerOperation" => new(Conflict, Reasons.ObjectRetained, "It is under a lease: wait until the lease ends, or break it."),
        "BlobImmutableDueToPolicy" or "BlobImmutableDueToLegalHold" or "ContainerImmutabilityPolicyFailure" or "BlobProtectedByPolicy" => new(Conflict, Reasons.ObjectRetained, "It is under a legal hold or retention."),
        "SnapshotsPresent" or "SnapshotOperationRateExceeded" => new(Conflict, Reasons.ObjectRetained, "The object has snapshots, which its deletion would destroy: delete them first."),
        "BlobArchived" or "BlobBeingRehydrated" => new(Conflict, Reasons.ObjectArchived, "The object is archived: move it to another tier, wait until that is done, then read."),
        "InvalidBlobType" or "BlobTypeNotSupported" or "ResourceTypeMismatch" or "PathConflict" or "DirectoryNotEmpty" => new(Conflict, null, "What is there is not a block blob but another kind of blob, or a directory."),
        "InvalidRange" => new(InvalidArgument, Reasons.RangeNotSatisfiable, "The range starts at or beyond the end of the object."),
        "ServerBusy" or "TooManyRequests" or "IngressLimitExceeded" or "EgressLimitExceeded" => new(Throttled, null, "The account is over one of its limits, or the service is busy: send fewer requests at a time."),
        "OperationTimedOut" => new(CloudErrorCode.Timeout, null, "The service did not get done in time.") { MayHaveTakenEffect = true },
        "InternalError" => new(Unavailable, null, "The service failed inside; try again.") { MayHaveTakenEffect = true },
        "AccountBeingCreated" => new(Unavailable, null, "The account is still being created; try again later."),
        "Md5Mismatch" or "Crc64Mismatch" or "InvalidMd5" or "InvalidCrc64" =>
            new(DataCorrupted, Reasons.ChecksumMismatch, "The bytes that the service received do not have the checksum that was sent; nothing was stored."),
        "RequestBodyTooLarge" or "ContentLengthLargerThanTierLimit" or "BlobTooLarge" => new(InvalidArgument, Reasons.TooLarge, "The object or body is larger than the service takes in one request."),
        "BlockListTooLong" or "BlockCountExceedsLimit" or "InvalidBlockId" or "InvalidBlockList" => new(InvalidArgument, Reasons.InvalidPart, "A part of the upload is missing, or there are too many."),
        "MetadataTooLarge" or "InvalidMetadata" or "EmptyMetadataKey" or "RequestHeadersTooLarge" => new(InvalidArgument, Reasons.InvalidMetadata, "The service does not accept the metadata, or it is too large."),
        "InvalidTags" or "TagsTooLarge" or "InvalidTagSet" or "TagCountLimitExceeded" => new(InvalidArgument, Reasons.InvalidTags, "The service does not accept the tags.") { QuotesService = true },
        "InvalidResourceName" or "InvalidUri" or "OutOfRangeInput" => subject == AzureSubject.Container
            ? new(InvalidArgument, Reasons.InvalidBucketName, "The service does not accept the container's name.")
            : new(InvalidArgument, Reasons.InvalidKey, "The service does not accept the key.") { QuotesService = true },
        "AuthenticationFailed" => AuthenticationFailed(failure),
        // Azurite says of a wrong signature what the service says of a lack of rights.
        "AuthorizationFailure" when failure.Message?.StartsWith("Server failed to authenticate", StringComparison.Ordinal) == true => AuthenticationFailed(failure),
        "InvalidAuthenticationInfo" or "NoAuthenticationInformation" or "MissingAuthenticationInfo" => Refused("The service does not accept the credentials, or wants others: check AccountKey, SasToken or Credential, and the tenant."),
        "KeyBasedAuthenticationNotPermitted" => Refused("The account takes no account keys: use Entra ID (leave AccountKey out) or a user-delegation SAS."),
        "AuthorizationFailure" => Denied("The service denies it: the credentials do not allow it, or the account's firewall does not let this machine in."),
        "AuthorizationPermissionMismatch" or "InsufficientAccountPermissions" or "AuthorizationResourceTypeMismatch" or "AuthorizationServiceMismatch" =>
            Denied("The shared access signature or role does not allow this operation: grant the permission, or the role Storage Blob Data Contributor."),
        "AuthorizationProtocolMismatch" => Denied("The shared access signature or account allows https only: check BlobServiceUri."),
        "AuthorizationSourceIPMismatch" or "AuthorizationSourceIPNotAllowed" => Denied("The shared access signature or account does not allow this machine's address."),
        "AccountIsDisabled" => Denied("The account is disabled."),
        "PublicAccessNotPermitted" or "FeatureNotEnabled" or "NetworkSecurityPerimeterDenied" => new(PermissionDenied, null, "The account does not allow this.") { QuotesService = true },
        "BlobAccessTierNotSupportedForAccountType" or "AccessTierNotSupportedForBlobType" or "InvalidBlobTier" or "BlobTierInadequateForContentLength" or "FeatureVersionMismatch" or
            "UnsupportedHeader" or "UnsupportedQueryParameter" or "UnsupportedHttpVerb" or "UnsupportedXmlNode" or "NotImplemented" or "APINotImplemented" or "UnsupportedRestVersion" or
            "HierarchicalNamespaceNotEnabled" or "BlobTypeNotSupportedForFeature" or "UnsupportedRequestBody" =>
            new(Unsupported, null, "The account does not offer this.") { QuotesService = true },
        "InvalidVersionId" or "BlobVersionNotFound" => Missing(AzureSubject.Version, condition),
        "InvalidQueryParameterValue" when subject == AzureSubject.Version => Missing(AzureSubject.Version, condition),
        "InvalidHeaderValue" or "InvalidQueryParameterValue" or "InvalidInput" or "InvalidXmlDocument" or "InvalidXmlNodeValue" or "MissingRequiredHeader" or "MissingRequiredQueryParameter" or
            "MissingRequiredXmlNode" or "MissingContentLengthHeader" or "OutOfRangeQueryParameterValue" or "MultipleConditionHeadersNotSupported" or "RequestUrlFailedToParse" or "InvalidOperation" =>
            new(InvalidArgument, null, "The service does not accept the request.") { QuotesService = true },
        _ => FindByStatus(failure, subject, condition),
    };

    private static Row FindByStatus(in AzureFailure failure, AzureSubject subject, AzureCondition condition) => failure.Status switch
    {
        >= 500 and not 501 and not 507 when failure.IsForeign => new(Unavailable, null, "Something in front of the service, such as a proxy, answered that it cannot be reached.") { MayHaveTakenEffect = true },
        >= 400 and < 500 and not 429 and not 407 when failure.IsForeign => new(CloudErrorCode.Unknown, null, "Not Blob Storage but a web server or proxy answered: check BlobServiceUri and the proxy settings."),
        301 or 302 or 307 or 308 => new(CloudErrorCode.Unknown, null, "Not Blob Storage but a web server or proxy answered: check BlobServiceUri and the proxy settings."),
        304 => ConditionFailed(condition, notModified: true),
        400 when subject == AzureSubject.Version => Missing(AzureSubject.Version, condition),
        400 => new(InvalidArgument, null, "The service does not accept the request.") { QuotesService = true },
        401 => Refused("The service does not accept the credentials."),
        403 => AuthenticationFailed(failure) is { IsTransient: true } skewed ? skewed : Denied("The service refuses the request: check the credentials and the permissions that they have."),
        404 => Missing(subject, condition),
        407 => new(Unauthenticated, null, "The proxy in front of the service wants credentials."),
        408 => new(CloudErrorCode.Timeout, null, "The service gave up waiting for the request."),
        409 => new(Conflict, null, "The service refuses because of the state of the resource.") { QuotesService = true },
        411 => new(InvalidArgument, null, "The service wants the length of the body, and something on the way dropped it."),
        412 => ConditionFailed(condition, notModified: false),
        413 => new(InvalidArgument, Reasons.TooLarge, "The body is larger than the service, or a proxy in front of it, takes in one request."),
        416 => new(InvalidArgument, Reasons.RangeNotSatisfiable, "The range starts at or beyond the end of the object."),
        429 => new(Throttled, null, "The service asks to slow down: send fewer requests at a time."),
        501 => new(Unsupported, null, "The account does not offer this.") { QuotesService = true },
        503 => new(Unavailable, null, "The service is overloaded or in maintenance; try again later."),
        507 => new(QuotaExceeded, Reasons.StorageFull, "The account is full."),
        >= 500 => new(Unavailable, null, "The service failed inside; try again.") { MayHaveTakenEffect = true },
        _ => new(CloudErrorCode.Unknown, null, "The service answered something that is not known here.") { QuotesService = true },
    };

    private static Row Missing(AzureSubject subject, AzureCondition condition) => (subject, condition) switch
    {
        // A write that demands a tag cannot succeed where there is nothing.
        (AzureSubject.Object, AzureCondition.IfMatch) => new(PreconditionFailed, null, "There is no object, so it does not have the tag that was demanded."),
        (AzureSubject.Version, _) => new(NotFound, Reasons.VersionNotFound, "That version of the object does not exist."),
        (AzureSubject.Upload, _) => new(NotFound, Reasons.UploadNotFound, "The multipart upload does not exist: it was completed or aborted, or another write to the same key discarded its parts."),
        (AzureSubject.Container, _) => new(NotFound, Reasons.BucketNotFound, "The container does not exist: check its name and the account."),
        _ => new(NotFound, Reasons.ObjectNotFound, "The object does not exist."),
    };

    private static Row ConditionFailed(AzureCondition condition, bool notModified) => condition switch
    {
        AzureCondition.IfAbsent => new(AlreadyExists, Reasons.ObjectExists, "An object has that key."),
        AzureCondition.Read when notModified => new(PreconditionFailed, Reasons.NotModified, "The object was not modified."),
        _ => new(PreconditionFailed, null, "The stored object is another one than the condition demands; read it and decide again."),
    };

    /// <summary>The service passes on the status with which the source's service answered.</summary>
    private static Row CopySource(in AzureFailure failure) => failure.Status switch
    {
        404 => new(NotFound, Reasons.ObjectNotFound, "The source of the copy does not exist."),
        412 => new(PreconditionFailed, null, "The source does not have the tag that was demanded."),
        401 or 403 => Denied("The service may not read the source of the copy: the credentials must allow reading it."),
        409 => new(Conflict, null, "The state of the source does not allow copying: it may be archived."),
        >= 500 => new(Unavailable, null, "The service could not read the source of the copy; try again."),
        _ => new(InvalidArgument, null, "The service cannot read the source of the copy."),
    };

    private static Row AuthenticationFailed(in AzureFailure failure)
    {
        if (failure.Learned)
        {
            return new(Unauthenticated, Reasons.ClockSkew, "This machine's clock and the service's differ by more than the service allows: set the clock.") { IsTransient = true };
        }

        var detail = failure.AuthenticationDetail ?? "";
        return detail.Contains("time frame", StringComparison.OrdinalIgnoreCase) || detail.Contains("expir", StringComparison.OrdinalIgnoreCase)
                ? Refused("The shared access signature or token has expired, or is not valid yet: get a new one, and check this machine's clock.")
            : detail.Contains("date header", StringComparison.OrdinalIgnoreCase)
                ? new(Unauthenticated, Reasons.ClockSkew, "This machine's clock and the service's differ by more than the service allows: set the clock.")
            : Refused("The service does not accept the signature or token: check AccountName and AccountKey, or whether the SasToken is whole and still valid.");
    }

    private static Row Refused(string text) => new(Unauthenticated, null, text) { Scope = ErrorScope.Cloud };

    private static Row Denied(string text) => new(PermissionDenied, null, text);

    private static string Shorten(string text) => text.Length <= 300 ? text : string.Concat(text.AsSpan(0, 300), "…");

    private sealed record Row(CloudErrorCode Code, string? Reason, string Text)
    {
        public bool? IsTransient { get; init; }

        public bool MayHaveTakenEffect { get; init; }

        public bool QuotesService { get; init; }

        public ErrorScope Scope { get; init; }
    }
}
