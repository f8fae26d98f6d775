namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about uploads part by part.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Multipart")]
public abstract class MultipartConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
