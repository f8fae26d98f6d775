namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about cancellation, telemetry, errors and capabilities.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Plumbing")]
public abstract class PlumbingConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
