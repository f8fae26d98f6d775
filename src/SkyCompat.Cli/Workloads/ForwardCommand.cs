using SkyCompat.Workloads;

namespace SkyCompat.Cli.Workloads;

/// <summary><c>skyc forward</c></summary>
internal sealed class ForwardCommand : SkycCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "A workload, of which a running pod is taken, or a pod." };
    private readonly Argument<string> _ports = new("[LOCAL:]PORT") { Description = "The pod's port, and the port of this machine before a colon; 0 or none for a free one." };
    private readonly ClusterOptions _cluster = new();

    public ForwardCommand()
        : base("forward", "Opens a port on 127.0.0.1 that leads to a port of a pod, until it is interrupted.", "forward web 8080:80 --cluster prod")
    {
        Add(_name);
        Add(_ports);
        _cluster.AddTo(this);
    }

    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) => ClusterOptions.CheckedAsync(async () =>
    {
        var (local, port) = ParsePorts(context.Get(_ports)!);
        var workloads = _cluster.Open(context);
        var pod = await ClusterOptions.FindPodAsync(workloads, context.Get(_name)!, cancellationToken);
        await using var forward = await workloads.ListenAsync(pod, port, local, cancellationToken);
        forward.Failed += (_, failure) => context.Output.Note(failure.Error.Message);
        if (context.Output.IsJson)
        {
            context.Output.Json(new JsonObject { ["type"] = "forward", ["pod"] = pod, ["port"] = port, ["localPort"] = forward.LocalPort });
        }
        else
        {
            context.Output.Line(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{forward.LocalPort} leads to {pod}:{port}"));
        }

        context.Output.Flush();
        await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellationToken);
        return ExitCode.Done;
    });

    private static (int Local, int Port) ParsePorts(string text)
    {
        var parts = text.Split(':');
        var port = Parse(parts[^1]);
        var local = parts.Length == 2 ? Parse(parts[0]) : 0;
        return parts.Length <= 2 && port >= 1 && local >= 0 ? (local, port) : throw new UsageException($"'{text}' is not [LOCAL:]PORT, such as 8080:80.");

        static int Parse(string part) => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65535 ? number : -1;
    }
}
