using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Continuation tokens: the service's marker, marked as ours.</summary>
internal static class ListToken
{
    private const string Prefix = "az1:";

    /// <summary>The token of the next page; null on the last.</summary>
    /// <param name="next">The service's marker.</param>
    /// <param name="current">The token of this page.</param>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unknown"/>: the next page is this one, which would be read for ever.</exception>
    public static string? Create(string? next, string? current)
    {
        var token = next is null ? null : Prefix + next;
        return token is null || token != current ? token : throw new CloudException(CloudErrorCode.Unknown, "The service answers a list with the same page again and again.");
    }

    /// <summary>The service's marker.</summary>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.InvalidArgument"/> with reason <see cref="ObjectStorageErrorReasons.InvalidToken"/>.</exception>
    public static string? Read(string? token) =>
        token is null ? null
        : token.StartsWith(Prefix, StringComparison.Ordinal) ? token[Prefix.Length..]
        : throw new CloudException(CloudErrorCode.InvalidArgument, "The continuation token was not made by this list.") { Reason = ObjectStorageErrorReasons.InvalidToken };
}
