namespace SkyCompat.Conformance;

/// <summary>One line of the numbered reference list, and where it is proven.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">What is promised.</param>
/// <param name="Cases">The cases that prove it.</param>
/// <param name="Elsewhere">The other place of proof, where the public interface alone cannot show it: faults, clocks, files, the wire; null if there is none.</param>
public sealed record ConformancePromise(int Number, string Text, IReadOnlyList<ConformanceCase> Cases, string? Elsewhere)
{
    /// <summary>Whether it is proven anywhere.</summary>
    public bool IsProven => Cases.Count > 0 || Elsewhere is not null;
}
