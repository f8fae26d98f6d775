namespace SkyCompat.Alibaba;

/// <summary>A key pair.</summary>
internal sealed record EcsKeyPair
{
    public string KeyPairName { get; init; } = "";

    public string? KeyPairFingerPrint { get; init; }

    public string? PublicKey { get; init; }

    public EcsTags? Tags { get; init; }
}
