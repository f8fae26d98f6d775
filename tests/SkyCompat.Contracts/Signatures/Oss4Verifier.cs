using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.Contracts.Signatures;

/// <summary>Alibaba OSS signature version 4, in headers and in the query.</summary>
/// <remarks>Rules: "Signature version 4" of the OSS documentation.</remarks>
/// <param name="secretOf">Gives the secret of an access key; null if it is not known.</param>
public sealed class Oss4Verifier(Func<string, string?> secretOf) : ISignatureVerifier
{
    private const string Algorithm = "OSS4-HMAC-SHA256";

    /// <inheritdoc/>
    public SignatureVerdict Verify(SignedMessage message)
    {
        string credential;
        string additional;
        string given;
        string stamp;
        if (message.QueryValue("x-oss-signature-version") == Algorithm)
        {
            credential = message.QueryValue("x-oss-credential") ?? "";
            additional = message.QueryValue("x-oss-additional-headers") ?? "";
            given = message.QueryValue("x-oss-signature") ?? "";
            stamp = message.QueryValue("x-oss-date") ?? "";
        }
        else if (SignedMessage.Authorization(message.Header("Authorization"), Algorithm) is { } values)
        {
            credential = values.GetValueOrDefault("Credential", "");
            additional = values.GetValueOrDefault("AdditionalHeaders", "");
            given = values.GetValueOrDefault("Signature", "");
            stamp = message.Header("x-oss-date") ?? (DateTimeOffset.TryParse(message.Header("Date"), System.Globalization.CultureInfo.InvariantCulture, out var date) ? date.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture) : "");
        }
        else
        {
            return SignatureVerdict.NotSigned;
        }

        var scope = credential.Split('/');
        if (scope.Length != 5)
        {
            return new SignatureVerdict(SignatureOutcome.Invalid, "a credential of five parts");
        }

        if (secretOf(scope[0]) is not { } secret)
        {
            return SignatureVerdict.UnknownKey;
        }

        var extra = additional.Split(';', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var headers = message.Headers
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: header.Value.Trim()))
            .Where(header => header.Name is "content-type" or "content-md5" || header.Name.StartsWith("x-oss-", StringComparison.Ordinal) || extra.Contains(header.Name))
            .OrderBy(header => header.Name, StringComparer.Ordinal);
        var query = message.Query
            .Where(pair => pair.Key != "x-oss-signature")
            .Select(pair => (Name: SignedMessage.Encode(pair.Key), Value: SignedMessage.Encode(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => pair.Value.Length == 0 ? pair.Name : $"{pair.Name}={pair.Value}");
        var path = message.BucketOfHost.Length == 0 ? message.Path : $"/{message.BucketOfHost}{message.Path}";
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 1 && !path.EndsWith('/'))
        {
            // What is signed is a bucket with its slash, also where the path leaves it off.
            path += "/";
        }

        var canonical = string.Join('\n', [
            message.Method,
            SignedMessage.Normalize(path),
            string.Join('&', query),
            .. headers.Select(header => $"{header.Name}:{header.Value}"),
            "",
            string.Join(';', extra.Order(StringComparer.Ordinal)),
            message.Header("x-oss-content-sha256") ?? "UNSIGNED-PAYLOAD",
        ]);
        var toSign = string.Join('\n', Algorithm, stamp, string.Join('/', scope[1..]), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(SigV4Verifier.DeriveKey("aliyun_v4" + secret, scope.AsSpan(1)), Encoding.UTF8.GetBytes(toSign)));
        var isRight = SignedMessage.SameText(signature, given) && stamp.StartsWith(scope[1], StringComparison.Ordinal);
        return new SignatureVerdict(isRight ? SignatureOutcome.Valid : SignatureOutcome.Invalid, isRight ? "" : SignedMessage.Explain(canonical));
    }
}
