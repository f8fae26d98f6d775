namespace SkyCompat.Google;

/// <summary>A signature made by IAM.</summary>
internal sealed class SignBlobReply
{
    public string? SignedBlob { get; set; }
}
