namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about the properties of objects.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Info")]
public abstract class InfoConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
