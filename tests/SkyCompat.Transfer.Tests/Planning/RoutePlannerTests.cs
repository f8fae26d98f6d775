using SkyCompat.Transfer.Planning;

namespace SkyCompat.Transfer.Tests.Planning;

public sealed class RoutePlannerTests
{
    private const long MiB = 1 << 20;

    private static readonly RouteFacts Everything = new() { Allowed = TransferRoute.All, PullFromBytes = 16 * MiB, SourceIsBucket = true, TargetIsBucket = true, PartsAboveBytes = 16 * MiB };

    [Fact]
    public void Choose_EverythingPossible_TakesTheServerSideCopyAndKeepsTheOthersToFallBackOn() =>
        new RoutePlanner(Everything).Choose(100 * MiB).Routes.ShouldBe([TransferRoute.ServerSideCopy, TransferRoute.Pull, TransferRoute.Pipe]);

    [Fact]
    public void Choose_OtherService_PullsLargeAndPipesSmallObjects()
    {
        var planner = new RoutePlanner(Everything with { NoServerSideCopy = "two services" });
        planner.Choose(16 * MiB).Routes.ShouldBe([TransferRoute.Pull, TransferRoute.Pipe]);
        var small = planner.Choose((16 * MiB) - 1);
        small.Routes.ShouldBe([TransferRoute.Pipe]);
        small.Reason.ShouldContain("two services");
        small.Reason.ShouldContain("no pull: below");
    }

    [Fact]
    public void Choose_TooLargeToPull_Pipes() =>
        new RoutePlanner(Everything with { NoServerSideCopy = "no", PullUpToBytes = 32 * MiB }).Choose(33 * MiB).Routes.ShouldBe([TransferRoute.Pipe]);

    [Fact]
    public void Choose_OnlyPullAllowed_PullsSmallObjectsToo() =>
        new RoutePlanner(Everything with { Allowed = TransferRoute.Pull }).Choose(1).Routes.ShouldBe([TransferRoute.Pull]);

    [Fact]
    public void Choose_NothingPossible_SaysWhy()
    {
        var decision = new RoutePlanner(Everything with { Allowed = TransferRoute.ServerSideCopy, NoServerSideCopy = "two services" }).Choose(1);
        decision.Routes.ShouldBeEmpty();
        decision.Reason.ShouldContain("two services");
        decision.Reason.ShouldContain("no pipe: not allowed by the request");
    }

    [Fact]
    public void Choices_AreOfEveryRoute_CheapestFirst_EachWithAReason()
    {
        var choices = new RoutePlanner(Everything with { NoPull = "no URLs" }).Choices;
        choices.Select(choice => choice.Route).ShouldBe([TransferRoute.ServerSideCopy, TransferRoute.Pull, TransferRoute.Pipe]);
        choices.ShouldAllBe(choice => choice.Reason.Length > 0);
        choices[1].IsPossible.ShouldBeFalse();
        choices[1].Reason.ShouldBe("no URLs");
    }

    [Theory]
    [InlineData(TransferRoute.Pipe, 1024, 1, 1)]
    [InlineData(TransferRoute.Pipe, 64 * MiB, 9, 10)]
    [InlineData(TransferRoute.Pull, 64 * MiB, 10, 10)]
    [InlineData(TransferRoute.ServerSideCopy, 64 * MiB, 1, 1)]
    public void CountRequests_KnowsWhatARouteTakes(TransferRoute route, long size, long reads, long writes) =>
        new RoutePlanner(Everything).CountRequests(route, size).ShouldBe((reads, writes));

    [Fact]
    public void CountRequests_LocalSides_TakeNone()
    {
        new RoutePlanner(Everything with { SourceIsBucket = false }).CountRequests(TransferRoute.Pipe, 1).ShouldBe((0, 1));
        new RoutePlanner(Everything with { TargetIsBucket = false }).CountRequests(TransferRoute.Pipe, 1).ShouldBe((1, 0));
    }
}
