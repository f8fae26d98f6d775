namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about lists.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("List")]
public abstract class ListConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
