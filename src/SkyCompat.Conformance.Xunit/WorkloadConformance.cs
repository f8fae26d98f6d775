using Xunit;

namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the contract of workloads on one cluster, one test per case. A case that the cluster cannot do is an explicit skip with the reason.</summary>
/// <typeparam name="THarness">The harness of the cluster; one instance for all cases.</typeparam>
/// <param name="fixture">The harness.</param>
public abstract class WorkloadConformance<THarness>(ServiceFixture<THarness> fixture) : IClassFixture<ServiceFixture<THarness>>
    where THarness : WorkloadHarness, new()
{
    /// <summary>Runs one case.</summary>
    /// <param name="id">The case's id.</param>
    /// <returns>A task that ends when the case holds.</returns>
    [Theory]
    [MemberData(nameof(WorkloadCaseIds.All), MemberType = typeof(WorkloadCaseIds))]
    public async Task Case(string id)
    {
        if (fixture.UnavailableReason is { } reason)
        {
            Assert.SkipUnless(fixture.Harness.MustBeAvailable, reason);
            Assert.Fail(reason);
        }

        if (await WorkloadSuite.RunAsync(id, fixture.Harness, TestContext.Current.CancellationToken) is { } skipped)
        {
            Assert.Skip(skipped);
        }
    }
}
