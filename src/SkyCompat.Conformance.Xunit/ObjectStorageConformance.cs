using System.Reflection;
using Xunit;

namespace SkyCompat.Conformance.Xunit;

/// <summary>Runs one suite against one adapter, one test per case. Subclass each of its abstract children once per harness; <see cref="ConformanceCompleteness"/> tells which one is missing.</summary>
/// <remarks>
/// A case that the bucket cannot do, or that is a known deviation, is an explicit skip with the reason. If the server is not there, all cases are skipped, or fail where
/// <see cref="ConformanceHarness.MustBeAvailable"/>. One case alone: <c>--filter-trait "Case=read.text"</c>.
/// </remarks>
/// <typeparam name="THarness">The adapter's harness; one instance is shared by all suites that run at the same time.</typeparam>
public abstract class ObjectStorageConformance<THarness> : IClassFixture<HarnessFixture<THarness>>
    where THarness : ConformanceHarness, new()
{
    /// <summary>Runs one case.</summary>
    /// <param name="id">The case's id.</param>
    /// <returns>A task that ends when the case holds.</returns>
    [ConformanceCase]
    public async Task Case(string id)
    {
        var context = TestContext.Current;
        var fixture = await context.GetFixture<HarnessFixture<THarness>>() ?? throw new InvalidOperationException("The harness fixture is missing.");
        if (fixture.UnavailableReason is { } reason)
        {
            Assert.SkipUnless(fixture.Harness.MustBeAvailable, reason);
            Assert.Fail(reason);
        }

        var suite = ConformanceSuites.Get(GetType().GetCustomAttribute<ConformanceSuiteAttribute>()!.Name);
        var conformanceCase = suite.Cases.Single(item => string.Equals(item.Id, id, StringComparison.Ordinal));
        var result = await ConformanceRunner.RunAsync(conformanceCase, fixture.Harness, context.CancellationToken);
        Assert.SkipWhen(result.Outcome == ConformanceOutcome.Skipped, result.Reason ?? "Skipped.");
    }
}
