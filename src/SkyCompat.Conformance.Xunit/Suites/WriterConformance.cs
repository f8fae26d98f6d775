namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about the writer.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Writer")]
public abstract class WriterConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
