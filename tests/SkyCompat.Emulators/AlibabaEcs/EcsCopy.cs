namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>A snapshot.</summary>
internal sealed class EcsCopy : EcsThing
{
    public required string DiskId { get; init; }

    public required int Size { get; init; }
}
