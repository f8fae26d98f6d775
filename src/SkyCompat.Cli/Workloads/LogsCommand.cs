using SkyCompat.Workloads;

namespace SkyCompat.Cli.Workloads;

/// <summary><c>skyc logs</c></summary>
internal sealed class LogsCommand : SkycCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "A workload, or one of its pods." };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on until the pod has ended; with a workload, of its running pod." };
    private readonly Option<int?> _tail = new("--tail") { Description = "Begin with so many of the last lines.", HelpName = "N" };
    private readonly Option<string?> _since = new("--since") { Description = "Begin with lines of the last, such as 10m.", HelpName = "DURATION" };
    private readonly Option<bool> _previous = new("--previous") { Description = "Of the run before the last start." };
    private readonly Option<string?> _container = new("--container") { Description = "The container, where a pod has several.", HelpName = "NAME" };
    private readonly ClusterOptions _cluster = new();

    public LogsCommand()
        : base("logs", "Prints what containers wrote; follows over broken connections without losing a line.", "logs web --cluster prod --follow", "logs web-6d4cf56db6-abcde --tail 20")
    {
        Add(_name);
        foreach (var option in (Option[])[_follow, _tail, _since, _previous, _container])
        {
            Add(option);
        }

        NumberRule.Require(_tail, 0);
        _cluster.AddTo(this);
    }

    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) => ClusterOptions.CheckedAsync(async () =>
    {
        var name = context.Get(_name)!;
        var workloads = _cluster.Open(context);
        var options = new LogOptions
        {
            Follow = context.Get(_follow),
            Tail = context.Get(_tail),
            Since = context.Get(_since) is { } since ? context.Time.GetUtcNow() - Age.ParseDuration(since) : null,
            Previous = context.Get(_previous),
            Container = context.Get(_container),
        };
        var isWorkload = await workloads.TryGetAsync(name, cancellationToken) is not null;
        var lines = !isWorkload ? workloads.ReadLogsAsync(name, options, cancellationToken)
            : options.Follow ? workloads.ReadLogsAsync(await ClusterOptions.FindPodAsync(workloads, name, cancellationToken), options, cancellationToken)
            : workloads.ReadWorkloadLogsAsync(name, options, cancellationToken);
        await foreach (var line in lines)
        {
            Print(context, line);
        }

        return ExitCode.Done;
    });

    /// <summary>Shown as it comes: who follows waits for it.</summary>
    public static void Print(CommandContext context, LogLine line)
    {
        if (context.Output.IsJson)
        {
            context.Output.Json(new JsonObject { ["type"] = "line", ["pod"] = line.Pod, ["time"] = line.Time.ToString("O", CultureInfo.InvariantCulture), ["text"] = line.Text });
        }
        else
        {
            context.Output.Line(line.Text);
        }

        context.Output.Flush();
    }
}
