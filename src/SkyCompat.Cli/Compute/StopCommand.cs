namespace SkyCompat.Cli.Compute;

/// <summary><c>skyc compute stop</c></summary>
internal sealed class StopCommand : ActionCommand
{
    private readonly Option<bool> _keep = new("--keep-allocated") { Description = "Keep their places; compute is billed on." };
    private readonly Option<bool> _hibernate = new("--hibernate") { Description = "Save their memory." };

    public StopCommand()
        : base("stop", "Stops instances so that compute is no longer billed; their disks stay.", "compute stop home:web-a1", "compute stop --hibernate aws:i-0abc")
    {
        Add(_keep);
        Add(_hibernate);
    }

    protected override InstanceAction ActionOf(CommandContext context) => (context.Get(_keep), context.Get(_hibernate)) switch
    {
        (true, true) => throw new UsageException("--keep-allocated and --hibernate are two ways to stop; choose one."),
        (true, _) => InstanceAction.StopKeepAllocated,
        (_, true) => InstanceAction.Hibernate,
        _ => InstanceAction.Stop,
    };
}
