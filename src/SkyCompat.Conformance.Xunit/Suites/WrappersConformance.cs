namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about the prefix and the read-only wrapper.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Wrappers")]
public abstract class WrappersConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
