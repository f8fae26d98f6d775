using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

/// <summary>Errors as a driver raises them.</summary>
internal static class Errors
{
    public static CloudException Unavailable() => new(CloudErrorCode.Unavailable, "The service is unavailable.") { StatusCode = 503 };

    public static CloudException LostReply() => new(CloudErrorCode.Unavailable, "The connection was reset.") { MayHaveTakenEffect = true };

    public static CloudException Denied() => new(CloudErrorCode.PermissionDenied, "Not allowed.") { StatusCode = 403 };

    public static CloudException NotFound(string reason) => new(CloudErrorCode.NotFound, "Not there.") { Reason = reason, StatusCode = 404 };

    public static CloudException Exists() => new(CloudErrorCode.AlreadyExists, "It exists.") { Reason = ObjectStorageErrorReasons.ObjectExists, StatusCode = 412 };

    public static CloudException Precondition(string? reason = null) => new(CloudErrorCode.PreconditionFailed, "The condition does not hold.") { Reason = reason, StatusCode = 412 };

    public static CloudException RangeNotSatisfiable() =>
        new(CloudErrorCode.InvalidArgument, "The range is beyond the end.") { Reason = ObjectStorageErrorReasons.RangeNotSatisfiable, StatusCode = 416 };

    public static CloudException TooLarge() => new(CloudErrorCode.InvalidArgument, "Too large.") { Reason = ObjectStorageErrorReasons.TooLarge, StatusCode = 400 };
}
