using SkyCompat.Contracts.Signatures;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>Checks that requests carry the token, as the others check signatures.</summary>
internal sealed class BearerVerifier : ISignatureVerifier
{
    public SignatureVerdict Verify(SignedMessage message) => message.Header("Authorization") switch
    {
        null => SignatureVerdict.NotSigned,
        var header when header.StartsWith("Bearer ", StringComparison.Ordinal) && header.Length > "Bearer ".Length => new SignatureVerdict(SignatureOutcome.Valid),
        _ => new SignatureVerdict(SignatureOutcome.Invalid, "Bearer and a token"),
    };
}
