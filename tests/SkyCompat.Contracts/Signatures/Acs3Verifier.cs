using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.Contracts.Signatures;

/// <summary>Alibaba Cloud's signature for RPC and ROA calls, ACS3-HMAC-SHA256.</summary>
/// <remarks>Rules: "V3 request structure and signature" of the OpenAPI documentation.</remarks>
/// <param name="secretOf">Gives the secret of an access key; null if it is not known.</param>
public sealed class Acs3Verifier(Func<string, string?> secretOf) : ISignatureVerifier
{
    private const string Algorithm = "ACS3-HMAC-SHA256";

    /// <inheritdoc/>
    public SignatureVerdict Verify(SignedMessage message)
    {
        if (SignedMessage.Authorization(message.Header("Authorization"), Algorithm) is not { } values)
        {
            return SignatureVerdict.NotSigned;
        }

        if (secretOf(values.GetValueOrDefault("Credential", "")) is not { } secret)
        {
            return SignatureVerdict.UnknownKey;
        }

        var names = values.GetValueOrDefault("SignedHeaders", "").Split(';');
        var missing = message.Headers.Select(header => header.Key.ToLowerInvariant()).Where(name => name is "host" or "content-type" || name.StartsWith("x-acs-", StringComparison.Ordinal)).Except(names, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            return new SignatureVerdict(SignatureOutcome.Invalid, $"the headers {string.Join(", ", missing)} too");
        }

        var query = message.Query
            .Select(pair => (Name: SignedMessage.Encode(pair.Key), Value: SignedMessage.Encode(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}");
        var claimed = message.Header("x-acs-content-sha256");
        var canonical = string.Join('\n', [
            message.Method,
            SignedMessage.Normalize(message.Path),
            string.Join('&', query),
            .. names.Select(name => $"{name}:{message.Header(name)}"),
            "",
            string.Join(';', names),
            claimed ?? "",
        ]);
        var toSign = $"{Algorithm}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(toSign)));
        var isRight = SignedMessage.SameText(signature, values.GetValueOrDefault("Signature", ""));
        return new SignatureVerdict(isRight ? SignatureOutcome.Valid : SignatureOutcome.Invalid, isRight ? "" : SignedMessage.Explain(canonical), claimed);
    }
}
