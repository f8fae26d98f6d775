using System.Security.Cryptography;

namespace SkyCompat.Google;

/// <summary>The private key of a service account.</summary>
internal sealed class RsaBlobSigner(string email, RSA key) : BlobSigner(email)
{
    public override ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        ValueTask.FromResult(key.SignData(bytes.Span, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
}
