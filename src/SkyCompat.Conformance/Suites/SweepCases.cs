using SkyCompat.Compute;
using SkyCompat.Conformance.Internal;

namespace SkyCompat.Conformance.Suites;

/// <summary>Sweeping what nobody wants.</summary>
internal static class SweepCases
{
    public static IReadOnlyList<ComputeCase> All { get; } =
    [
        new("sweep.dry", "A dry run names orphans and removes nothing", Dry),
        new("sweep.keys", "Instances of unknown keys are removed, of known ones kept", Keys),
        new("sweep.young", "What is young is kept", Young),
        new("sweep.firewall", "A firewall group of the engine's that nothing uses is removed", Firewall) { Requires = ComputeFeatures.Firewall },
        new("sweep.owner", "Another owner's instances are not touched", Owner),
        new("sweep.age.negative", "A negative age is refused", NegativeAge),
    ];

    private static SweepOptions Options(params string[] keep) => new() { DryRun = false, KeepKeys = keep.ToHashSet(StringComparer.Ordinal), MinAge = TimeSpan.Zero };

    private static async Task<List<SweepResult>> SweepAsync(IComputeService compute, SweepOptions options, CancellationToken cancellationToken)
    {
        var results = new List<SweepResult>();
        await foreach (var result in compute.SweepAsync(options, cancellationToken))
        {
            results.Add(result);
        }

        return results;
    }

    private static async Task<Instance> RunningAsync(ComputeContext context, IComputeService compute, LaunchSpec spec, CancellationToken cancellationToken)
    {
        var offer = (await context.OfferAsync(Market.OnDemand, cancellationToken)) with { Cloud = compute.Name };
        return (await compute.LaunchAndWaitAsync(spec, offer, cancellationToken)).Single();
    }

    private static async Task Dry(ComputeContext context, CancellationToken cancellationToken)
    {
        var compute = context.Harness.OpenAlone();
        var instance = await RunningAsync(context, compute, context.Spec(), cancellationToken);
        var results = await SweepAsync(compute, Options() with { DryRun = true }, cancellationToken);
        Expect.Equal(SweepOutcome.WouldRemove, results.Single(result => result.Resource.Id == instance.Id).Outcome);
        Expect.NotNull(await compute.TryGetInstanceAsync(instance.Id, cancellationToken));
    }

    private static async Task Keys(ComputeContext context, CancellationToken cancellationToken)
    {
        var compute = context.Harness.OpenAlone();
        var kept = await RunningAsync(context, compute, context.Spec(), cancellationToken);
        var orphan = await RunningAsync(context, compute, context.Spec(), cancellationToken);
        var results = await SweepAsync(compute, Options(kept.Name!), cancellationToken);
        Expect.Equal(SweepOutcome.Kept, results.Single(result => result.Resource.Id == kept.Id).Outcome);
        Expect.Equal(SweepOutcome.Removed, results.Single(result => result.Resource.Id == orphan.Id).Outcome);
        Expect.Null(await compute.TryGetInstanceAsync(orphan.Id, cancellationToken));
        Expect.Equal(InstancePhase.Running, (await compute.GetInstanceAsync(kept.Id, cancellationToken)).Phase);
    }

    private static async Task Young(ComputeContext context, CancellationToken cancellationToken)
    {
        var compute = context.Harness.OpenAlone();
        var instance = await RunningAsync(context, compute, context.Spec(), cancellationToken);
        ConformanceContext.SkipIf(instance.CreatedAt is null, "The provider does not tell when an instance was made.");
        var results = await SweepAsync(compute, Options() with { MinAge = TimeSpan.FromDays(1) }, cancellationToken);
        Expect.Equal(SweepOutcome.Kept, results.Single(result => result.Resource.Id == instance.Id).Outcome);
    }

    private static async Task Firewall(ComputeContext context, CancellationToken cancellationToken)
    {
        var compute = context.Harness.OpenAlone();
        var instance = await RunningAsync(context, compute, context.Spec() with { Inbound = [FirewallRule.Tcp(9999, $"198.51.100.{(context.CaseId.Length * 7 % 200) + 1}/32")] }, cancellationToken);
        var name = Expect.NotNull(instance.Tags.GetValueOrDefault(ComputeTags.Firewall));
        var used = await SweepAsync(compute, Options(instance.Name!), cancellationToken);
        Expect.True(used.TrueForAll(result => result.Resource.Id != name || result.Outcome == SweepOutcome.Kept));
        var unused = await SweepAsync(compute, Options(), cancellationToken);
        Expect.True(unused.Exists(result => result.Resource.Id == name && result.Outcome == SweepOutcome.Removed), $"the group '{name}' is removed");
    }

    private static async Task Owner(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = await context.RunningAsync(cancellationToken);
        await SweepAsync(context.Harness.OpenAlone(), Options(), cancellationToken);
        Expect.Equal(InstancePhase.Running, (await context.Compute.GetInstanceAsync(instance.Id, cancellationToken)).Phase);
    }

    private static async Task NegativeAge(ComputeContext context, CancellationToken cancellationToken) =>
        await Expect.ThrowsAsync<ArgumentOutOfRangeException>(() => SweepAsync(context.Compute, new SweepOptions { MinAge = TimeSpan.FromHours(-1) }, cancellationToken));
}
