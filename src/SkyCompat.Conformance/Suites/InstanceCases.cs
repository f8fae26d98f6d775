using SkyCompat.Compute;
using SkyCompat.Conformance.Internal;

namespace SkyCompat.Conformance.Suites;

/// <summary>Looking at instances and doing things to them.</summary>
internal static class InstanceCases
{
    private const string Missing = "no-such-instance";

    public static IReadOnlyList<ComputeCase> All { get; } =
    [
        new("get.missing", "An instance that is not there is null", GetMissing),
        new("get.listed", "What is listed is what is got", GetListed),
        new("list.tags", "Only instances with all the tags are listed", ListTags),
        new("list.owner", "Another owner's instances are not listed, unless asked for", ListOwner),
        new("list.gone", "A terminated instance is not listed and not got", ListGone),
        new("act.stop-start", "A stopped instance is not billed, and starts again as itself", StopStart),
        new("act.stop.twice", "Stopping what is stopped is success", StopTwice),
        new("act.start.running", "Starting what runs is success", StartRunning),
        new("act.reboot", "A rebooted instance runs", Reboot),
        new("act.reboot.stopped", "Rebooting what is stopped is a conflict", RebootStopped),
        new("act.stop-keep-allocated", "An instance that keeps its place is billed", KeepAllocated) { Requires = ComputeFeatures.StopKeepAllocated },
        new("act.hibernate", "A hibernated instance starts again", Hibernate) { Requires = ComputeFeatures.Hibernate },
        new("act.terminate.twice", "Terminating what is gone is success", TerminateTwice),
        new("act.terminate.stopped", "A stopped instance can be terminated", TerminateStopped),
        new("act.missing", "Doing something to what is not there is NotFound, but terminating it is success", ActMissing),
        new("act.unsupported", "An action that the cloud lacks is refused before any request", Unsupported),
        new("console.text", "The console can be read", Console) { Requires = ComputeFeatures.ConsoleOutput },
        new("console.missing", "The console of what is not there is NotFound", ConsoleMissing) { Requires = ComputeFeatures.ConsoleOutput },
    ];

    private static async Task GetMissing(ComputeContext context, CancellationToken cancellationToken)
    {
        var gone = await context.RunningAsync(cancellationToken);
        await context.ActAsync(gone.Id, InstanceAction.Terminate, cancellationToken);
        Expect.Null(await context.Compute.TryGetInstanceAsync(gone.Id, cancellationToken));
        await Expect.FailsAsync(CloudErrorCode.NotFound, ComputeErrorReasons.InstanceNotFound, () => context.Compute.GetInstanceAsync(gone.Id, cancellationToken));
    }

    private static async Task GetListed(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        var listed = (await context.ListKeyAsync(instance.Name!, cancellationToken)).Single();
        var got = await context.Compute.GetInstanceAsync(instance.Id, cancellationToken);
        Expect.Equal(listed.Id, got.Id);
        Expect.Equal(listed.Phase, got.Phase);
        Expect.Equal(listed.InstanceType, got.InstanceType);
        Expect.Equal(listed.Location, got.Location);
        Expect.Map(listed.Tags, got.Tags, "the tags");
        Expect.Sequence(listed.PrivateAddresses, got.PrivateAddresses, "the private addresses");
    }

    private static async Task ListTags(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var group = context.Harness.NewKey("g");
        Dictionary<string, string> Tags(string role) => new(StringComparer.Ordinal) { ["group"] = group, ["role"] = role };
        var web = (await context.Compute.LaunchAndWaitAsync(context.Spec() with { Tags = Tags("web") }, offer, cancellationToken)).Single();
        await context.Compute.LaunchAndWaitAsync(context.Spec() with { Tags = Tags("db") }, offer, cancellationToken);
        Expect.Equal(2, await CountAsync(context.Compute, new InstanceQuery { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["group"] = group } }, cancellationToken));
        var found = new List<string>();
        await foreach (var instance in context.Compute.ListInstancesAsync(new InstanceQuery { Tags = Tags("web") }, cancellationToken))
        {
            found.Add(instance.Id);
        }

        Expect.Sequence([web.Id], found, "the instances of both tags");
    }

    private static async Task<int> CountAsync(IComputeService compute, InstanceQuery query, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in compute.ListInstancesAsync(query, cancellationToken))
        {
            count++;
        }

        return count;
    }

    private static async Task ListOwner(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        var query = new InstanceQuery { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Key] = instance.Name! } };
        var other = context.Harness.OpenAlone();
        Expect.Equal(0, await CountAsync(other, query, cancellationToken));
        Expect.Equal(1, await CountAsync(other, query with { IncludeForeign = true }, cancellationToken));
    }

    private static async Task ListGone(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        await context.ActAsync(instance.Id, InstanceAction.Terminate, cancellationToken);
        Expect.Equal(0, (await context.ListKeyAsync(instance.Name!, cancellationToken)).Count);
    }

    private static async Task StopStart(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        var stopped = await context.ActAsync(instance.Id, InstanceAction.Stop, cancellationToken);
        Expect.Equal(InstancePhase.Stopped, stopped.Phase);
        Expect.True(!stopped.ComputeBilled);
        Expect.True(!stopped.Preempted);
        var started = await context.ActAsync(instance.Id, InstanceAction.Start, cancellationToken);
        Expect.Equal(InstancePhase.Running, started.Phase);
        Expect.Equal(instance.Id, started.Id);
    }

    private static async Task StopTwice(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        await context.ActAsync(instance.Id, InstanceAction.Stop, cancellationToken);
        Expect.Equal(InstancePhase.Stopped, (await context.ActAsync(instance.Id, InstanceAction.Stop, cancellationToken)).Phase);
    }

    private static async Task StartRunning(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        Expect.Equal(InstancePhase.Running, (await context.ActAsync(instance.Id, InstanceAction.Start, cancellationToken)).Phase);
    }

    private static async Task Reboot(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        Expect.Equal(InstancePhase.Running, (await context.ActAsync(instance.Id, InstanceAction.Reboot, cancellationToken)).Phase);
    }

    private static async Task RebootStopped(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        await context.ActAsync(instance.Id, InstanceAction.Stop, cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.Conflict, ComputeErrorReasons.WrongState, () => context.Compute.ActAsync(instance.Id, InstanceAction.Reboot, cancellationToken));
    }

    private static async Task KeepAllocated(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        var stopped = await context.ActAsync(instance.Id, InstanceAction.StopKeepAllocated, cancellationToken);
        Expect.Equal(InstancePhase.Stopped, stopped.Phase);
        Expect.True(stopped.ComputeBilled);
        Expect.Equal(InstancePhase.Running, (await context.ActAsync(instance.Id, InstanceAction.Start, cancellationToken)).Phase);
    }

    private static async Task Hibernate(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        var hibernated = await context.ActAsync(instance.Id, InstanceAction.Hibernate, cancellationToken);
        Expect.Equal(InstancePhase.Hibernated, hibernated.Phase);
        Expect.True(!hibernated.ComputeBilled);
        Expect.Equal(InstancePhase.Running, (await context.ActAsync(instance.Id, InstanceAction.Start, cancellationToken)).Phase);
    }

    private static async Task TerminateTwice(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        Expect.Equal(InstancePhase.Gone, (await context.ActAsync(instance.Id, InstanceAction.Terminate, cancellationToken)).Phase);
        Expect.Equal(InstancePhase.Gone, (await context.ActAsync(instance.Id, InstanceAction.Terminate, cancellationToken)).Phase);
    }

    private static async Task TerminateStopped(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        await context.ActAsync(instance.Id, InstanceAction.Stop, cancellationToken);
        Expect.Equal(InstancePhase.Gone, (await context.ActAsync(instance.Id, InstanceAction.Terminate, cancellationToken)).Phase);
    }

    private static async Task ActMissing(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        await context.ActAsync(instance.Id, InstanceAction.Terminate, cancellationToken);
        await Expect.FailsAsync(
            [(CloudErrorCode.NotFound, ComputeErrorReasons.InstanceNotFound), (CloudErrorCode.Conflict, ComputeErrorReasons.WrongState)],
            () => context.Compute.StartAsync(instance.Id, cancellationToken));
        Expect.Equal(InstancePhase.Gone, (await context.ActAsync(instance.Id, InstanceAction.Terminate, cancellationToken)).Phase);
    }

    private static async Task Unsupported(ComputeContext context, CancellationToken cancellationToken)
    {
        (ComputeFeatures Feature, InstanceAction Action)[] asks = [(ComputeFeatures.StopKeepAllocated, InstanceAction.StopKeepAllocated), (ComputeFeatures.Hibernate, InstanceAction.Hibernate)];
        foreach (var (_, action) in asks.Where(item => !context.Has(item.Feature)))
        {
            await Expect.FailsAsync(CloudErrorCode.Unsupported, null, () => context.Compute.ActAsync(Missing, action, cancellationToken));
        }
    }

    private static async Task Console(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        Expect.NotNull(await context.Service<IConsoleOutput>().GetConsoleOutputAsync(instance.Id, cancellationToken));
    }

    private static async Task ConsoleMissing(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        await context.ActAsync(instance.Id, InstanceAction.Terminate, cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.NotFound, null, () => context.Service<IConsoleOutput>().GetConsoleOutputAsync(instance.Id, cancellationToken));
    }
}
