namespace SkyCompat.Cli.Compute;

/// <summary><c>skyc compute rm</c></summary>
internal sealed class TerminateCommand : ActionCommand
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };

    public TerminateCommand()
        : base("rm", "Deletes instances with their boot disks and their own addresses.", "compute rm home:web-a1", "compute rm --yes aws:i-0abc azure:web-a2")
    {
        Add(_yes);
    }

    protected override InstanceAction ActionOf(CommandContext context) => InstanceAction.Terminate;

    protected override bool Confirm(CommandContext context, int count) => context.Get(_yes) || context.Confirm($"Delete {Count.Of(count, "instance")} with boot disks?");
}
