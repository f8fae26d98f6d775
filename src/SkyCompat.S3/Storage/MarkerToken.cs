using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>The continuation token of lists that go on from two markers: both percent-encoded, with an ampersand between.</summary>
internal static class MarkerToken
{
    public static string Create(string first, string? second) =>
        $"{UriCharacters.Encode(first, keepSlash: false)}&{UriCharacters.Encode(second ?? "", keepSlash: false)}";

    /// <summary>The error of a token that no list here gave.</summary>
    public static CloudException Unknown() =>
        new(CloudErrorCode.InvalidArgument, "The continuation token was not made by this list.") { Reason = ObjectStorageErrorReasons.InvalidToken };

    public static (string First, string Second) Parse(string token)
    {
        var at = token.IndexOf('&', StringComparison.Ordinal);
        return at < 0
            ? throw Unknown()
            : (Uri.UnescapeDataString(token[..at]), Uri.UnescapeDataString(token[(at + 1)..]));
    }
}
