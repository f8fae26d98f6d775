namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about reading ranges.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Ranges")]
public abstract class RangesConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
