using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.Contracts.Signatures;

/// <summary>Azure Storage's Shared Key.</summary>
/// <remarks>Rules: "Authorize with Shared Key" of the Azure Storage REST reference, for version 2015-02-21 and later.</remarks>
/// <param name="keyOf">Gives the key of an account in Base64; null if it is not known.</param>
public sealed class AzureSharedKeyVerifier(Func<string, string?> keyOf) : ISignatureVerifier
{
    private static readonly string[] Standard = ["Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date", "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range"];

    /// <inheritdoc/>
    public SignatureVerdict Verify(SignedMessage message)
    {
        if (message.Header("Authorization") is not { } authorization || !authorization.StartsWith("SharedKey ", StringComparison.Ordinal))
        {
            return SignatureVerdict.NotSigned;
        }

        var credential = authorization["SharedKey ".Length..].Split(':');
        if (credential.Length != 2)
        {
            return new SignatureVerdict(SignatureOutcome.Invalid, "account and signature");
        }

        if (keyOf(credential[0]) is not { } key)
        {
            return SignatureVerdict.UnknownKey;
        }

        var text = new StringBuilder(message.Method).Append('\n');
        foreach (var name in Standard)
        {
            var value = message.Header(name) ?? "";

            // A length of zero is left out, and so is the date where x-ms-date stands in for it.
            var isLeftOut = (name == "Content-Length" && value == "0") || (name == "Date" && message.Header("x-ms-date") is not null);
            text.Append(isLeftOut ? "" : value).Append('\n');
        }

        foreach (var header in message.Headers.Select(header => (Name: header.Key.ToLowerInvariant(), header.Value)).Where(header => header.Name.StartsWith("x-ms-", StringComparison.Ordinal)).OrderBy(header => header.Name, StringComparer.Ordinal))
        {
            text.Append(header.Name).Append(':').Append(header.Value.Trim()).Append('\n');
        }

        text.Append('/').Append(credential[0]).Append(message.Path);
        foreach (var group in message.Query.GroupBy(pair => pair.Key.ToLowerInvariant(), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(group.Key).Append(':').AppendJoin(',', group.Select(pair => pair.Value).Order(StringComparer.Ordinal));
        }

        var toSign = text.ToString();
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(toSign)));
        var isRight = SignedMessage.SameText(signature, credential[1]);
        return new SignatureVerdict(isRight ? SignatureOutcome.Valid : SignatureOutcome.Invalid, isRight ? "" : SignedMessage.Explain(toSign));
    }
}
