namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>A security group.</summary>
internal sealed class EcsGroup : EcsThing
{
    public required string VpcId { get; init; }

    public string Description { get; init; } = "";

    public List<EcsRule> Rules { get; } = [];
}
