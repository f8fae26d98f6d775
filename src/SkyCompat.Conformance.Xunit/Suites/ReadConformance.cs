namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about reading whole objects.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Read")]
public abstract class ReadConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
