namespace SkyCompat.Providers.Tests.InMemory;

public sealed class InMemoryHarness : ProviderHarness
{
    public override string Provider => "In memory";

    public override IReadOnlyDictionary<string, string> Quirks { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["tiers.archive.read"] = "tiers are labels here: there is nothing to restore from",
    };

    protected override string ProviderName => "InMemory";

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}
