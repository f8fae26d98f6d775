namespace SkyCompat.Contracts.Signatures;

/// <summary>Asks several verifiers; the first that knows the kind of signature decides.</summary>
/// <param name="verifiers">The verifiers.</param>
public sealed class AnySignature(params ISignatureVerifier[] verifiers) : ISignatureVerifier
{
    /// <inheritdoc/>
    public SignatureVerdict Verify(SignedMessage message)
    {
        foreach (var verifier in verifiers)
        {
            if (verifier.Verify(message) is { Outcome: not SignatureOutcome.NotSigned } verdict)
            {
                return verdict;
            }
        }

        return SignatureVerdict.NotSigned;
    }
}
