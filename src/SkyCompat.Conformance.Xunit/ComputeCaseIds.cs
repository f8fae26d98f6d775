using Xunit;

namespace SkyCompat.Conformance.Xunit;

/// <summary>The compute contract as rows of a theory.</summary>
public static class ComputeCaseIds
{
    /// <summary>The ids of all cases.</summary>
    public static TheoryData<string> All { get; } = [.. ComputeSuite.All.Select(item => item.Id)];
}
