namespace SkyCompat.S3;

/// <summary>Whether the signature of a request covers the bytes of its body.</summary>
public enum S3PayloadSigning
{
    /// <summary>Over TLS and to this machine the body is not signed, since nobody in between can change it; over plain HTTP to any other host it is.</summary>
    Auto = 0,

    /// <summary>The SHA-256 of the body is always signed: one more pass over every byte.</summary>
    Signed,

    /// <summary>The body is never signed (<c>UNSIGNED-PAYLOAD</c>). Over plain HTTP anyone in between can then change it.</summary>
    Unsigned,
}
