using SkyCompat.Conformance;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests.Conformance;

public sealed class ConformanceRunnerTests
{
    [Fact]
    public async Task RunAsync_CaseThatHolds_Passes()
    {
        await using var harness = new DefectiveHarness();
        (await ConformanceRunner.RunAsync(Case((_, _) => Task.CompletedTask), harness)).ShouldSatisfyAllConditions(
            result => result.Outcome.ShouldBe(ConformanceOutcome.Passed),
            result => result.Reason.ShouldBeNull());
    }

    [Fact]
    public async Task RunAsync_CaseThatDoesNotHold_Throws()
    {
        await using var harness = new DefectiveHarness();
        await Should.ThrowAsync<ConformanceException>(() => ConformanceRunner.RunAsync(Failing, harness));
    }

    [Fact]
    public async Task RunAsync_FeatureIsLacking_ChecksThatItIsRefusedAndSkipsByName()
    {
        var @checked = false;
        var item = new ConformanceCase("some.case", [], "A title", (_, _) => throw new InvalidOperationException())
        {
            Requires = BucketFeatures.SignGet,
            WhenUnsupported = (_, _) =>
            {
                @checked = true;
                return Task.CompletedTask;
            },
        };
        await using var harness = new DefectiveHarness();

        var result = await ConformanceRunner.RunAsync(item, harness);

        result.Outcome.ShouldBe(ConformanceOutcome.Skipped);
        result.Reason.ShouldNotBeNull().ShouldContain(nameof(BucketFeatures.SignGet));
        @checked.ShouldBeTrue();
    }

    [Fact]
    public async Task RunAsync_FeatureIsLackingAndIgnored_Fails()
    {
        var item = new ConformanceCase("some.case", [], "A title", (_, _) => Task.CompletedTask)
        {
            Requires = BucketFeatures.SignGet,
            WhenUnsupported = (_, _) => throw new ConformanceException("It was ignored."),
        };
        await using var harness = new DefectiveHarness();
        await Should.ThrowAsync<ConformanceException>(() => ConformanceRunner.RunAsync(item, harness));
    }

    [Theory]
    [InlineData("some.case")]
    [InlineData("some.*")]
    public async Task RunAsync_KnownDeviation_SkipsWithTheReason(string pattern)
    {
        await using var harness = new DefectiveHarness { KnownDeviations = Quirk(pattern) };
        var result = await ConformanceRunner.RunAsync(Failing, harness);
        result.Outcome.ShouldBe(ConformanceOutcome.Skipped);
        result.Reason.ShouldBe("Known deviation: because");
    }

    [Fact]
    public async Task RunAsync_KnownDeviationThatHasGone_FailsWhereTheyAreTried()
    {
        await using var harness = new DefectiveHarness { KnownDeviations = Quirk("some.case"), Sizes = new ConformanceScale { RunQuirks = true } };
        (await ConformanceRunner.RunAsync(Failing, harness)).Outcome.ShouldBe(ConformanceOutcome.Skipped);
        await Should.ThrowAsync<ConformanceException>(() => ConformanceRunner.RunAsync(Case((_, _) => Task.CompletedTask), harness));
    }

    [Fact]
    public async Task RunAsync_CaseThatHangs_IsGivenUp()
    {
        await using var harness = new DefectiveHarness { Sizes = new ConformanceScale { CaseTimeout = TimeSpan.FromMilliseconds(1) } };
        var error = await Should.ThrowAsync<ConformanceException>(() => ConformanceRunner.RunAsync(Case((_, token) => Task.Delay(Timeout.InfiniteTimeSpan, token)), harness));
        error.Message.ShouldContain("did not end");
    }

    [Fact]
    public async Task RunAllAsync_FeatureWithAFailure_IsNotProven()
    {
        await using var harness = new DefectiveHarness();
        ConformanceSuite[] suites =
        [
            new("One", [new("some.tags", [], "A title", (_, _) => Task.CompletedTask) { Requires = BucketFeatures.Tags }]),
            new("Two", [
                new("some.copy", [], "A title", (_, _) => Task.CompletedTask) { Shows = BucketFeatures.ServerSideCopy },
                new("some.copy-again", [], "A title", (_, _) => throw new ConformanceException()) { Shows = BucketFeatures.ServerSideCopy },
            ]),
        ];

        var report = await ConformanceRunner.RunAllAsync(harness, suites);

        report.Failures.ShouldHaveSingleItem().Case.Id.ShouldBe("some.copy-again");
        report.Declared.Supports(BucketFeatures.ServerSideCopy).ShouldBeTrue();
        report.Proven.Features.ShouldBe(BucketFeatures.Tags);
        report.ToMarkdown().ShouldContain("| `Tags` | ● |");
        report.ToMarkdown().ShouldContain("| `ServerSideCopy` | |");
    }

    private static ConformanceCase Failing => Case((_, _) => throw new ConformanceException("It does not hold."));

    private static ConformanceCase Case(Func<ConformanceContext, CancellationToken, Task> body) => new("some.case", [], "A title", body);

    private static Dictionary<string, string> Quirk(string pattern) => new(StringComparer.Ordinal) { [pattern] = "because" };
}
