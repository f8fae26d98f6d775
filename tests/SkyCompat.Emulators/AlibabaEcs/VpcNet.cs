namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>A network.</summary>
internal sealed class VpcNet : EcsThing
{
    public required string Range { get; init; }
}
