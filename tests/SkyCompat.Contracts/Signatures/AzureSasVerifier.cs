using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.Contracts.Signatures;

/// <summary>Azure Storage's shared access signatures: by account key for a service or an account, and by a user-delegation key.</summary>
/// <remarks>Rules: "Create a service SAS", "Create an account SAS" and "Create a user delegation SAS" of the Azure Storage REST reference, for version 2020-12-06 and later.</remarks>
/// <param name="account">The account.</param>
/// <param name="accountKey">Its key in Base64; null if it is not known.</param>
/// <param name="delegationKeyOf">Gives the user-delegation key in Base64 that a signature's <c>ske</c> names by its end; null if none is known.</param>
/// <param name="hasAccountInPath">Whether paths begin with the account, as an emulator's do.</param>
public sealed class AzureSasVerifier(string account, string? accountKey, Func<string, string?>? delegationKeyOf = null, bool hasAccountInPath = false) : ISignatureVerifier
{
    /// <inheritdoc/>
    public SignatureVerdict Verify(SignedMessage message)
    {
        // Microsoft's library writes a space as a plus, as forms do.
        var query = message.QueryText is { } text ? ContractRequest.ParsePairs(text, plusIsSpace: true) : message.Query;
        string? Find(string name) => query.FirstOrDefault(pair => pair.Key == name).Value;
        if (Find("sig") is not { } given || Find("sv") is not { } version)
        {
            return SignatureVerdict.NotSigned;
        }

        var isDelegated = Find("skoid") is not null;
        var key = isDelegated ? delegationKeyOf?.Invoke(Find("ske") ?? "") : accountKey;
        if (key is null)
        {
            return SignatureVerdict.UnknownKey;
        }

        string V(string name) => Find(name) ?? "";
        bool Since(string date) => string.CompareOrdinal(version, date) >= 0;
        string toSign;
        if (Find("ss") is not null)
        {
            toSign = string.Join('\n', account, V("sp"), V("ss"), V("srt"), V("st"), V("se"), V("sip"), V("spr"), V("sv"), V("ses"), "");
        }
        else
        {
            var resource = V("sr");
            var snapshot = resource switch { "bs" => V("snapshot"), "bv" => V("versionid"), _ => "" };
            string[] end = [V("sip"), V("spr"), V("sv"), resource, snapshot, V("ses")];
            string[] overrides = [V("rscc"), V("rscd"), V("rsce"), V("rscl"), V("rsct")];
            toSign = isDelegated
                ? string.Join('\n', [
                    V("sp"), V("st"), V("se"), Resource(message, resource), V("skoid"), V("sktid"), V("skt"), V("ske"), V("sks"), V("skv"), V("saoid"), V("suoid"), V("scid"),
                    .. Since("2025-07-05") ? new[] { V("skdutid"), V("sduoid") } : [],
                    .. end,
                    .. Since("2026-04-06") ? new[] { V("srh"), V("srq") } : [],
                    .. overrides,
                ])
                : string.Join('\n', [V("sp"), V("st"), V("se"), Resource(message, resource), V("si"), .. end, .. overrides]);
        }

        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(toSign)));
        var isRight = SignedMessage.SameText(signature, given);
        return new SignatureVerdict(isRight ? SignatureOutcome.Valid : SignatureOutcome.Invalid, isRight ? "" : SignedMessage.Explain(toSign));
    }

    /// <summary>What is signed for: <c>/blob/account/container</c>, and the blob unless the whole container is.</summary>
    private string Resource(SignedMessage message, string resource)
    {
        var path = Uri.UnescapeDataString(message.Path);
        if (hasAccountInPath && path.StartsWith($"/{account}/", StringComparison.Ordinal))
        {
            path = path[(account.Length + 1)..];
        }

        if (resource == "c")
        {
            var slash = path.IndexOf('/', 1);
            path = slash < 0 ? path : path[..slash];
        }

        return $"/blob/{account}{path}";
    }
}
