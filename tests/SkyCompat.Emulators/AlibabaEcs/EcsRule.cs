namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>A rule that lets traffic in.</summary>
internal sealed record EcsRule(string Protocol, string Ports, string Source, string Policy, string Priority, string Description)
{
    public string Id { get; init; } = "";
}
