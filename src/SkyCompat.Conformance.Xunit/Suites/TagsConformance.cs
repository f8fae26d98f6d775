namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about tags.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Tags")]
public abstract class TagsConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
