namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the cases about odd, malformed and look-alike keys.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
[ConformanceSuite("Keys")]
public abstract class KeysConformance<THarness> : ObjectStorageConformance<THarness>
    where THarness : ConformanceHarness, new();
