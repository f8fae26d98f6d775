namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about content headers and checksums.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("WriteAttributes")]
public abstract class WriteAttributesConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
