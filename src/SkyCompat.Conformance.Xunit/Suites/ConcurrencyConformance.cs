namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about many callers at once.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Concurrency")]
public abstract class ConcurrencyConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
