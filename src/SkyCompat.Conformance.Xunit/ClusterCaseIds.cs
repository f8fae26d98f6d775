using Xunit;

namespace SkyCompat.Conformance.Xunit;

/// <summary>The contract of clusters as rows of a theory.</summary>
public static class ClusterCaseIds
{
    /// <summary>The ids of all cases.</summary>
    public static TheoryData<string> All { get; } = [.. ClusterSuite.All.Select(item => item.Id)];
}
