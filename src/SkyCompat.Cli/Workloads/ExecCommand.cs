using System.Text;
using SkyCompat.Workloads;

namespace SkyCompat.Cli.Workloads;

/// <summary><c>skyc exec</c></summary>
internal sealed class ExecCommand : SkycCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "A workload, of which a running pod is taken, or a pod." };
    private readonly Argument<string[]> _command = new("PROGRAM ARGUMENT…") { Description = "What to run, after --; no shell reads it.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _container = new("--container") { Description = "The container, where a pod has several.", HelpName = "NAME" };
    private readonly ClusterOptions _cluster = new();

    public ExecCommand()
        : base("exec", "Runs a program in a container, prints what it writes and ends with its exit code.", "exec web --cluster prod -- cat /etc/hostname")
    {
        Add(_name);
        Add(_command);
        Add(_container);
        _cluster.AddTo(this);
    }

    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) => ClusterOptions.CheckedAsync(async () =>
    {
        var workloads = _cluster.Open(context);
        var pod = await ClusterOptions.FindPodAsync(workloads, context.Get(_name)!, cancellationToken);
        if (context.Output.IsJson)
        {
            var kept = await workloads.ExecAsync(pod, context.Get(_command)!, new ExecOptions { Container = context.Get(_container) }, cancellationToken);
            context.Output.Json(new JsonObject { ["type"] = "exec", ["pod"] = pod, ["exitCode"] = kept.ExitCode, ["output"] = kept.Output, ["error"] = kept.Error, ["truncated"] = kept.IsTruncated });
            return kept.ExitCode;
        }

        var printer = new Printer(context.Environment);
        var result = await workloads.ExecAsync(pod, context.Get(_command)!, new ExecOptions { Container = context.Get(_container), MaxOutputBytes = 0, OnOutput = printer.Print }, cancellationToken);
        return result.ExitCode;
    });

    /// <summary>Pieces end anywhere, also within a character.</summary>
    private sealed class Printer(CliEnvironment environment)
    {
        private readonly Decoder _output = Encoding.UTF8.GetDecoder();
        private readonly Decoder _errors = Encoding.UTF8.GetDecoder();

        public void Print(ReadOnlyMemory<byte> piece, bool isError)
        {
            var characters = new char[Encoding.UTF8.GetMaxCharCount(piece.Length)];
            var count = (isError ? _errors : _output).GetChars(piece.Span, characters, flush: false);
            var writer = isError ? environment.Error : environment.Out;
            writer.Write(characters, 0, count);
            writer.Flush();
        }
    }
}
