namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about buckets: made, found, listed, deleted.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Buckets")]
public abstract class BucketsConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
