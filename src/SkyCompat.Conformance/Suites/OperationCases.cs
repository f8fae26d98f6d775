using SkyCompat.Compute;
using SkyCompat.Conformance.Internal;

namespace SkyCompat.Conformance.Suites;

/// <summary>Operations that outlive the process that began them.</summary>
internal static class OperationCases
{
    public static IReadOnlyList<ComputeCase> All { get; } =
    [
        new("operation.resume", "A launch is resumed from its token by another process", ResumeLaunch),
        new("operation.resume.action", "An action is resumed from its token by another process", ResumeAction),
        new("operation.poll", "Looking at a finished operation shows its instances", Poll),
        new("operation.progress", "Waiting tells what each look showed", Progress),
        new("operation.lost", "Waiting for an instance that is gone fails at once", Lost),
        new("operation.token.private", "A token holds no user data", Private) { Requires = ComputeFeatures.UserData },
        .. BadTokens.Select(bad => new ComputeCase($"operation.token.bad.{bad.Id}", "What is no token is refused", (c, _) => Refuse(c, bad.Token))),
        new("operation.token.foreign", "A token of another cloud is refused", Foreign),
    ];

    private static (string Id, string Token)[] BadTokens => [("text", "hello"), ("symbols", "!!"), ("json", "e30"), ("cut", "eyJ2ZXJzaW9u")];

    private static async Task ResumeLaunch(ComputeContext context, CancellationToken cancellationToken)
    {
        var operation = await context.Compute.LaunchAsync(context.Spec(), await context.OfferAsync(Market.OnDemand, cancellationToken), cancellationToken);
        var resumed = await context.Harness.OpenAgain().Resume(operation.Token).WaitAsync(null, cancellationToken);
        var waited = await operation.WaitAsync(null, cancellationToken);
        Expect.Sequence(waited.Select(instance => instance.Id), resumed.Select(instance => instance.Id), "the instances");
        Expect.Equal(InstancePhase.Running, resumed[0].Phase);
    }

    private static async Task ResumeAction(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        var operation = await context.Compute.StopAsync(instance.Id, cancellationToken);
        Expect.Equal(InstancePhase.Stopped, (await context.Harness.OpenAgain().Resume(operation.Token).WaitAsync(null, cancellationToken)).Single().Phase);
    }

    private static async Task Poll(ComputeContext context, CancellationToken cancellationToken)
    {
        var operation = await context.Compute.LaunchAsync(context.Spec(), await context.OfferAsync(Market.OnDemand, cancellationToken), cancellationToken);
        await operation.WaitAsync(null, cancellationToken);
        var status = await operation.PollAsync(cancellationToken);
        Expect.Equal(ComputeOperationState.Succeeded, status.State);
        Expect.Null(status.Error);
        Expect.Equal(InstancePhase.Running, status.Instances.Single().Phase);
    }

    private static async Task Progress(ComputeContext context, CancellationToken cancellationToken)
    {
        var operation = await context.Compute.LaunchAsync(context.Spec(), await context.OfferAsync(Market.OnDemand, cancellationToken), cancellationToken);
        var told = new Collected();
        await operation.WaitAsync(told, cancellationToken);
        Expect.Equal(ComputeOperationState.Succeeded, told.Statuses[^1].State);
    }

    private static async Task Lost(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var operation = await context.Compute.LaunchAsync(context.Spec(), offer, cancellationToken);
        var id = (await operation.WaitAsync(null, cancellationToken)).Single().Id;
        await context.ActAsync(id, InstanceAction.Stop, cancellationToken);
        await Expect.FailsAsync([(CloudErrorCode.Unavailable, ComputeErrorReasons.TerminalState)], () => operation.WaitAsync(null, cancellationToken));
        Expect.NotNull(await context.Compute.TryGetInstanceAsync(id, cancellationToken), "an instance that once ran");
    }

    private static async Task Private(ComputeContext context, CancellationToken cancellationToken)
    {
        const string secret = "zebra-crossing-17";
        var spec = context.Spec() with { UserData = $"#!/bin/sh\n# {secret}\n" };
        var operation = await context.Compute.LaunchAsync(spec, await context.OfferAsync(Market.OnDemand, cancellationToken), cancellationToken);
        var decoded = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(operation.Token));
        Expect.True(!decoded.Contains(secret, StringComparison.Ordinal));
        await operation.WaitAsync(null, cancellationToken);
    }

    private static Task<CloudException> Refuse(ComputeContext context, string token) =>
        Expect.FailsAsync(CloudErrorCode.InvalidArgument, ComputeErrorReasons.BadOperationToken, () => Task.FromResult(context.Compute.Resume(token)));

    private static async Task Foreign(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        var operation = await context.Compute.StopAsync(instance.Id, cancellationToken);
        var text = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(operation.Token)).Replace($"\"{context.Compute.Name}\"", "\"another\"", StringComparison.Ordinal);
        await Refuse(context, System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(text)));
        await operation.WaitAsync(null, cancellationToken);
    }

    private sealed class Collected : IProgress<ComputeOperationStatus>
    {
        public List<ComputeOperationStatus> Statuses { get; } = [];

        public void Report(ComputeOperationStatus value) => Statuses.Add(value);
    }
}
