using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Internal;

/// <summary>A store may be unable to carry a key. Then it refuses it before any request; it never changes it.</summary>
internal static class KeyRefusal
{
    /// <summary>Whether an error is such a refusal.</summary>
    public static bool Explains(CloudException exception) =>
        exception.Code == CloudErrorCode.InvalidArgument && string.Equals(exception.Reason, ObjectStorageErrorReasons.InvalidKey, StringComparison.Ordinal) && exception.StatusCode is null;
}
