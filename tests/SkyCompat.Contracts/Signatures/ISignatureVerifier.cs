namespace SkyCompat.Contracts.Signatures;

/// <summary>Recomputes signatures from the provider's published rules. Shares no code with the adapters.</summary>
public interface ISignatureVerifier
{
    /// <summary>Checks the signature of a request.</summary>
    SignatureVerdict Verify(SignedMessage message);
}
