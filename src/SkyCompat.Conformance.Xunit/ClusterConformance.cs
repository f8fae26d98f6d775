using Xunit;

namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs the contract of clusters against one adapter, one test per case. A case that the adapter cannot do is an explicit skip with the reason.</summary>
/// <typeparam name="THarness">The adapter's harness; one instance for all cases.</typeparam>
/// <param name="fixture">The harness.</param>
public abstract class ClusterConformance<THarness>(ServiceFixture<THarness> fixture) : IClassFixture<ServiceFixture<THarness>>
    where THarness : ClusterHarness, new()
{
    /// <summary>Runs one case.</summary>
    /// <param name="id">The case's id.</param>
    /// <returns>A task that ends when the case holds.</returns>
    [Theory]
    [MemberData(nameof(ClusterCaseIds.All), MemberType = typeof(ClusterCaseIds))]
    public async Task Case(string id)
    {
        if (fixture.UnavailableReason is { } reason)
        {
            Assert.SkipUnless(fixture.Harness.MustBeAvailable, reason);
            Assert.Fail(reason);
        }

        if (await ClusterSuite.RunAsync(id, fixture.Harness, TestContext.Current.CancellationToken) is { } skipped)
        {
            Assert.Skip(skipped);
        }
    }
}
