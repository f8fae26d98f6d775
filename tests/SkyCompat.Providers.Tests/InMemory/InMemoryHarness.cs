namespace SkyCompat.Providers.Tests.InMemory;

public sealed class InMemoryHarness : ProviderHarness
{
    public override string Provider => "In memory";

    protected override string ProviderName => "InMemory";

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}
