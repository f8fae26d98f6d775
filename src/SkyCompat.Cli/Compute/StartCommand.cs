namespace SkyCompat.Cli.Compute;

/// <summary><c>skyc compute start</c></summary>
internal sealed class StartCommand() : ActionCommand("start", "Starts stopped instances.", "compute start home:web-a1")
{
    protected override InstanceAction ActionOf(CommandContext context) => InstanceAction.Start;
}
