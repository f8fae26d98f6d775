namespace SkyCompat.Contracts.Signatures;

/// <summary>What became of a signature.</summary>
public enum SignatureOutcome
{
    /// <summary>The request carries none of this kind.</summary>
    NotSigned,

    /// <summary>The secret of its key is not known here, so it was not checked.</summary>
    UnknownKey,

    /// <summary>It is the one that the request and the secret give.</summary>
    Valid,

    /// <summary>It is another.</summary>
    Invalid,
}
