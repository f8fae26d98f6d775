using System.Globalization;
using System.Text.Json;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>The documents in which STS and the metadata service give credentials.</summary>
internal static class CredentialReply
{
    /// <summary>Reads one.</summary>
    /// <param name="text">The document.</param>
    /// <param name="service">Who sent it, for errors, which never repeat it.</param>
    /// <returns>The credentials.</returns>
    public static S3Credentials Parse(string text, string service)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var source = root.TryGetProperty("Credentials", out var inner) ? inner : root;
            if (source.TryGetProperty("AccessKeyId", out var id) && id.GetString() is { Length: > 0 } keyId &&
                source.TryGetProperty("AccessKeySecret", out var secret) && secret.GetString() is { Length: > 0 } keySecret)
            {
                var token = source.TryGetProperty("SecurityToken", out var security) ? security.GetString() : null;
                DateTimeOffset? end = source.TryGetProperty("Expiration", out var expiration) &&
                    DateTimeOffset.TryParse(expiration.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
                return new S3Credentials(keyId, keySecret, string.IsNullOrEmpty(token) ? null : token, end);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The error below says it without the text, and without an inner error that might quote it.
        }

        throw new CloudException(CloudErrorCode.Unauthenticated, $"{service} answered, but not with credentials.") { Scope = ErrorScope.Cloud };
    }
}
