namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about copies and moves.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Copy")]
public abstract class CopyConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
