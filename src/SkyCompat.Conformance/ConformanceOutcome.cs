namespace SkyCompat.Conformance;

/// <summary>What became of a case.</summary>
public enum ConformanceOutcome
{
    /// <summary>The promise holds.</summary>
    Passed = 0,

    /// <summary>It was not run; <see cref="ConformanceResult.Reason"/> says why.</summary>
    Skipped,

    /// <summary>The promise does not hold; <see cref="ConformanceResult.Error"/> says how.</summary>
    Failed,
}
