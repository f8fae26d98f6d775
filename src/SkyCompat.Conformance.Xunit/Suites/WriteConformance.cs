namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about bodies of every kind and size.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Write")]
public abstract class WriteConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
