namespace SkyCompat.Google;

/// <summary>Signs in the name of a service account, by RSA with PKCS #1 padding over SHA-256.</summary>
internal abstract class BlobSigner(string email)
{
    /// <summary>The service account.</summary>
    public string Email { get; } = email;

    /// <summary>For how long a signature is sure to be good, whatever it says itself.</summary>
    public virtual TimeSpan? LongestLife => null;

    /// <summary>Signs bytes.</summary>
    public abstract ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
}
