namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about the user's metadata.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Metadata")]
public abstract class MetadataConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
