using SkyCompat.Contracts.Signatures;

namespace SkyCompat.Clusters.Tests.Managed;

/// <summary>Checks that requests carry a token, as the others check signatures.</summary>
internal sealed class BearerVerifier(string token) : ISignatureVerifier
{
    public SignatureVerdict Verify(SignedMessage message) => message.Header("Authorization") switch
    {
        null => SignatureVerdict.NotSigned,
        var header when header == "Bearer " + token => new SignatureVerdict(SignatureOutcome.Valid),
        _ => new SignatureVerdict(SignatureOutcome.Invalid, "Bearer and the token"),
    };
}
