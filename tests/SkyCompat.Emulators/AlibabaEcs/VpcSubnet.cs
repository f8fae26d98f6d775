namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>A vSwitch.</summary>
internal sealed class VpcSubnet : EcsThing
{
    public required string ZoneId { get; init; }

    public required string VpcId { get; init; }

    public required string Range { get; init; }

    /// <summary>How many addresses were given out.</summary>
    public int Taken { get; set; }
}
