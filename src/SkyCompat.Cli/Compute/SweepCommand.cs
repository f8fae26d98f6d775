namespace SkyCompat.Cli.Compute;

/// <summary><c>skyc compute sweep</c></summary>
internal sealed class SweepCommand : SkycCommand
{
    private readonly Argument<string[]> _clouds = InstanceArguments.Clouds();
    private readonly Option<string[]?> _keep = new("--keep") { Description = "An idempotency key whose instances and disks are wanted; may be repeated. All others are orphans.", HelpName = "KEY" };
    private readonly Option<bool> _keepNone = new("--keep-none") { Description = "No instance is wanted: all of this owner are orphans." };
    private readonly Option<string> _age = new("--min-age") { Description = "Leave alone what is younger.", HelpName = "DURATION", DefaultValueFactory = _ => "1h" };
    private readonly Option<bool> _delete = new("--delete") { Description = "Delete what was found; without it, it is only listed." };

    public SweepCommand()
        : base("sweep", "Finds what this owner's launches left behind, and deletes it with --delete. Without --keep or --keep-none, instances and disks are left alone.", "compute sweep", "compute sweep --keep web --keep db --delete", "compute sweep aws --keep-none --min-age 0s --delete")
    {
        Add(_clouds);
        Add(_keep);
        Add(_keepNone);
        Add(_age);
        Add(_delete);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var keys = context.Get(_keep) is { Length: > 0 } named ? named.ToHashSet(StringComparer.Ordinal) : context.Get(_keepNone) ? [] : null;
        if (keys is { Count: > 0 } && context.Get(_keepNone))
        {
            throw new UsageException("--keep and --keep-none contradict each other.");
        }

        var failed = false;
        foreach (var (cloud, regions) in InstanceArguments.Open(context, context.Get(_clouds)))
        {
            var options = new SweepOptions { DryRun = !context.Get(_delete), KeepKeys = keys, MinAge = Age.ParseDuration(context.Get(_age)!), Regions = regions };
            await foreach (var result in cloud.Compute.SweepAsync(options, cancellationToken))
            {
                failed |= result.Outcome == SweepOutcome.Failed;
                Print(context, cloud.Name, result);
            }
        }

        return failed ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Print(CommandContext context, string cloud, SweepResult result)
    {
        if (context.Output.IsJson)
        {
            context.Output.Json(new JsonObject
            {
                ["type"] = "swept",
                ["cloud"] = cloud,
                ["kind"] = result.Resource.Kind,
                ["id"] = result.Resource.Id,
                ["key"] = result.Resource.IdempotencyKey,
                ["outcome"] = Choice.Name(result.Outcome),
                ["error"] = result.Error?.Message,
            });
        }
        else if (result.Outcome != SweepOutcome.Kept)
        {
            context.Output.Line($"{Choice.Word(result.Outcome)} {result.Resource.Kind} {cloud}:{result.Resource.Id}{(result.Error is { } error ? $": {error.Message}" : "")}");
        }
    }
}
