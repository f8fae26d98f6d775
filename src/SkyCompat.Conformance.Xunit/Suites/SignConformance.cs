namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about signed requests.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Sign")]
public abstract class SignConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
