namespace SkyCompat.Cli.Compute;

/// <summary><c>skyc compute ls</c></summary>
internal sealed class InstancesCommand : SkycCommand
{
    private readonly Argument<string[]> _clouds = InstanceArguments.Clouds();
    private readonly Option<bool> _all = new("--all") { Description = "List instances of other owners, and those that were not made by this library, too." };

    public InstancesCommand()
        : base("ls", "Lists instances on all clouds.", "compute ls", "compute ls aws --all --json | jq -r .id")
    {
        Add(_clouds);
        Add(_all);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (instances, failed) = await InstanceArguments.ListAsync(context, context.Get(_clouds), context.Get(_all), cancellationToken);
        InstanceText.Print(context, instances);
        return failed ? ExitCode.Failed : ExitCode.Done;
    }
}
