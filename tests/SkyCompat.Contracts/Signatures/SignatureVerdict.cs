namespace SkyCompat.Contracts.Signatures;

/// <summary>What a verifier says of a request.</summary>
/// <param name="Outcome">What became of the signature.</param>
/// <param name="Explanation">What should have been signed, without secrets; empty unless it is wrong.</param>
/// <param name="PayloadHash">The SHA-256 of the body that the signature claims, in lower-case hexadecimal; null if it claims none.</param>
public sealed record SignatureVerdict(SignatureOutcome Outcome, string Explanation = "", string? PayloadHash = null)
{
    /// <summary>The request carries no signature of this kind.</summary>
    public static SignatureVerdict NotSigned { get; } = new(SignatureOutcome.NotSigned);

    /// <summary>The secret is not known.</summary>
    public static SignatureVerdict UnknownKey { get; } = new(SignatureOutcome.UnknownKey);
}
