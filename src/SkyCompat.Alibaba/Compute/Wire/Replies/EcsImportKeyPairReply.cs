namespace SkyCompat.Alibaba;

/// <summary>The key pair that was imported.</summary>
internal sealed record EcsImportKeyPairReply
{
    public string KeyPairName { get; init; } = "";

    public string? KeyPairFingerPrint { get; init; }
}
