namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about writes, deletes and copies under conditions.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("ConditionalWrites")]
public abstract class ConditionalWritesConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
