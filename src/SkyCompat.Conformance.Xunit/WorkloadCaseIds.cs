using Xunit;

namespace SkyCompat.Conformance.Xunit;

/// <summary>The contract of workloads as rows of a theory.</summary>
public static class WorkloadCaseIds
{
    /// <summary>The ids of all cases.</summary>
    public static TheoryData<string> All { get; } = [.. WorkloadSuite.All.Select(item => item.Id)];
}
