using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SkyCompat.Contracts.Signatures;

/// <summary>Cloud Storage's signed URLs, GOOG4-RSA-SHA256, checked with the public key of the service account.</summary>
/// <remarks>Rules: "V4 signing process" of the Cloud Storage documentation.</remarks>
/// <param name="keyOf">Gives the public key of a service account by its e-mail address; null if it is not known.</param>
public sealed partial class Goog4RsaVerifier(Func<string, RSA?> keyOf) : ISignatureVerifier
{
    private const string Algorithm = "GOOG4-RSA-SHA256";

    /// <inheritdoc/>
    public SignatureVerdict Verify(SignedMessage message)
    {
        if (Value(message, "X-Goog-Algorithm") != Algorithm)
        {
            return SignatureVerdict.NotSigned;
        }

        var scope = (Value(message, "X-Goog-Credential") ?? "").Split('/');
        if (scope.Length != 5)
        {
            return new SignatureVerdict(SignatureOutcome.Invalid, "a credential of five parts");
        }

        if (keyOf(scope[0]) is not { } key)
        {
            return SignatureVerdict.UnknownKey;
        }

        var names = Value(message, "X-Goog-SignedHeaders") ?? "";
        var query = string.Join('&', message.Query
            .Where(pair => !pair.Key.Equals("X-Goog-Signature", StringComparison.OrdinalIgnoreCase))
            .Select(pair => (Name: SignedMessage.Encode(pair.Key), Value: SignedMessage.Encode(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));

        // Google's own libraries sign the host without its port; a request names it with one wherever it is not the usual.
        var host = message.Header("Host") ?? "";
        var bare = host.Split(':')[0];
        var claimed = names.Split(';').Contains("x-goog-content-sha256") ? message.Header("X-Goog-Content-SHA256") : null;
        string Canonical(string named) => string.Join('\n', [
            message.Method,
            SignedMessage.Normalize(message.Path),
            query,
            .. names.Split(';').Select(name => $"{name}:{(name == "host" ? named : Spaces().Replace(message.Header(name) ?? "", " "))}"),
            "",
            names,
            claimed ?? "UNSIGNED-PAYLOAD",
        ]);
        byte[] ToSign(string named) => Encoding.UTF8.GetBytes(string.Join('\n', Algorithm, Value(message, "X-Goog-Date"), string.Join('/', scope[1..]), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(named))))));
        byte[] signature;
        try
        {
            signature = Convert.FromHexString(Value(message, "X-Goog-Signature") ?? "");
        }
        catch (FormatException)
        {
            return new SignatureVerdict(SignatureOutcome.Invalid, "a signature in hexadecimal");
        }

        var isRight = key.VerifyData(ToSign(host), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) || (bare != host && key.VerifyData(ToSign(bare), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return new SignatureVerdict(isRight ? SignatureOutcome.Valid : SignatureOutcome.Invalid, isRight ? "" : SignedMessage.Explain(Canonical(bare)), claimed);
    }

    private static string? Value(SignedMessage message, string name) => message.Query.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
