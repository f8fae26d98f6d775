namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about storage tiers.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Tiers")]
public abstract class TiersConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
