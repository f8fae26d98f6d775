namespace SkyCompat.Cli.Compute;

/// <summary><c>skyc compute console</c></summary>
internal sealed class ConsoleCommand : SkycCommand
{
    private readonly Argument<string> _name = new("INSTANCE") { Description = "cloud:id, as ls prints it.", HelpName = "INSTANCE" };

    public ConsoleCommand()
        : base("console", "Prints what an instance wrote to its console.", "compute console home:web-a1")
    {
        Add(_name);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (compute, id) = InstanceArguments.Resolve(context, context.Get(_name)!);
        var text = await compute.GetRequiredService<IConsoleOutput>().GetConsoleOutputAsync(id, cancellationToken);
        if (context.Output.IsJson)
        {
            context.Output.Json(new JsonObject { ["type"] = "console", ["id"] = id, ["text"] = text });
        }
        else
        {
            context.Output.Line(text.TrimEnd('\n'));
        }

        return ExitCode.Done;
    }
}
