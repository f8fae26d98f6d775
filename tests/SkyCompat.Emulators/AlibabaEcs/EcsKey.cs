namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>A key pair.</summary>
internal sealed class EcsKey : EcsThing
{
    public required string PublicKey { get; init; }

    public required string Fingerprint { get; init; }
}
