namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about reads under conditions.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("ConditionalReads")]
public abstract class ConditionalReadsConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
