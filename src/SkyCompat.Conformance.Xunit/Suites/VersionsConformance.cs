namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about versions.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Versions")]
public abstract class VersionsConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
