namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about deletes.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Delete")]
public abstract class DeleteConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
