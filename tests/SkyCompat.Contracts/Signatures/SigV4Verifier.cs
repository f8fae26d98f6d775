using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SkyCompat.Contracts.Signatures;

/// <summary>AWS Signature Version 4 and Google's version 4 with HMAC keys, in headers and in the query.</summary>
/// <remarks>Rules: "Signature Version 4 signing process" of the IAM user guide, and its chapter for S3 on paths and unsigned payloads.</remarks>
/// <param name="secretOf">Gives the secret of an access key; null if it is not known.</param>
/// <param name="vendor"><c>AWS</c>, or <c>GOOG</c> for Cloud Storage's keys.</param>
public sealed partial class SigV4Verifier(Func<string, string?> secretOf, string vendor = "AWS") : ISignatureVerifier
{
    private readonly string _algorithm = $"{vendor}4-HMAC-SHA256";
    private readonly string _prefix = vendor == "AWS" ? "X-Amz-" : "X-Goog-";

    /// <inheritdoc/>
    public SignatureVerdict Verify(SignedMessage message)
    {
        string credential;
        string names;
        string given;
        string stamp;
        var isQuery = message.QueryValue(_prefix + "Algorithm") == _algorithm;
        if (isQuery)
        {
            credential = message.QueryValue(_prefix + "Credential") ?? "";
            names = message.QueryValue(_prefix + "SignedHeaders") ?? "";
            given = message.QueryValue(_prefix + "Signature") ?? "";
            stamp = message.QueryValue(_prefix + "Date") ?? "";
        }
        else if (SignedMessage.Authorization(message.Header("Authorization"), _algorithm) is { } values)
        {
            credential = values.GetValueOrDefault("Credential", "");
            names = values.GetValueOrDefault("SignedHeaders", "");
            given = values.GetValueOrDefault("Signature", "");
            stamp = message.Header(_prefix + "Date") ?? message.Header("Date") ?? "";
        }
        else
        {
            return SignatureVerdict.NotSigned;
        }

        var scope = credential.Split('/');
        if (scope.Length < 5)
        {
            return new SignatureVerdict(SignatureOutcome.Invalid, "a credential of five parts");
        }

        // An access key may hold slashes; the scope is the last four parts.
        var key = string.Join('/', scope[..^4]);
        scope = scope[^4..];
        if (secretOf(key) is not { } secret)
        {
            return SignatureVerdict.UnknownKey;
        }

        var isStorage = scope[2] is "s3" or "storage";
        var claimed = message.Header(_prefix + "Content-SHA256");
        var payload = claimed ?? (isQuery && isStorage ? "UNSIGNED-PAYLOAD" : message.BodyHash());
        if (payload is null)
        {
            return new SignatureVerdict(SignatureOutcome.Invalid, "a request whose body is known");
        }

        var canonical = string.Join('\n', [
            message.Method,
            isStorage ? SignedMessage.Normalize(message.Path) : SignedMessage.Encode(message.Path, keepsSlash: true),
            CanonicalQuery(message),
            .. names.Split(';').Select(name => $"{name}:{CanonicalHeader(message, name)}"),
            "",
            names,
            payload,
        ]);
        var toSign = string.Join('\n', _algorithm, stamp, string.Join('/', scope), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(DeriveKey(vendor + "4" + secret, scope), Encoding.UTF8.GetBytes(toSign)));
        var isRight = SignedMessage.SameText(signature, given) && stamp.StartsWith(scope[0], StringComparison.Ordinal) && names.Split(';').Contains("host");
        return new SignatureVerdict(isRight ? SignatureOutcome.Valid : SignatureOutcome.Invalid, isRight ? "" : SignedMessage.Explain(canonical), IsHash(claimed) ? claimed : null);
    }

    /// <summary>Derives the signing key from the secret and the scope.</summary>
    internal static byte[] DeriveKey(string secret, ReadOnlySpan<string> scope)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        foreach (var part in scope)
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return key;
    }

    private static bool IsHash(string? text) => text is { Length: 64 } && Hexadecimal().IsMatch(text);

    private static string CanonicalHeader(SignedMessage message, string name) =>
        Spaces().Replace(string.Join(',', message.Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value.Trim())), " ");

    private string CanonicalQuery(SignedMessage message) => string.Join('&', message.Query
        .Where(pair => pair.Key != _prefix + "Signature")
        .Select(pair => (Name: SignedMessage.Encode(pair.Key), Value: SignedMessage.Encode(pair.Value)))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal)
        .ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    [GeneratedRegex(" +", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex("^[0-9a-f]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hexadecimal();
}
