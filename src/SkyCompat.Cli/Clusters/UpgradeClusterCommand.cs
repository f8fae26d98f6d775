namespace SkyCompat.Cli.Clusters;

/// <summary><c>skyc clusters upgrade</c></summary>
internal sealed class UpgradeClusterCommand : SkycCommand
{
    private readonly Argument<string> _cluster = ClusterArguments.One();
    private readonly Argument<string> _version = new("VERSION") { Description = "The version of Kubernetes, or its beginning, such as 1.34.", HelpName = "VERSION" };
    private readonly Option<bool> _pools = new("--pools") { Description = "Upgrade the node pools too, one after the other." };

    public UpgradeClusterCommand()
        : base("upgrade", "Upgrades a cluster, and waits until it is done. Providers go up one minor version at a time.", "clusters upgrade gcp:prod 1.34", "clusters upgrade aws:batch 1.34 --pools")
    {
        Add(_cluster);
        Add(_version);
        Add(_pools);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = context.Get(_cluster)!;
        var cluster = ClusterArguments.Open(context, name);
        var operation = await NeedOptions.CheckedAsync(() => cluster.UpgradeAsync(context.Get(_version)!, cancellationToken));
        var status = await ClusterArguments.WaitAsync(context, name, operation, cancellationToken);
        if (context.Get(_pools))
        {
            var names = new List<string>();
            await foreach (var pool in cluster.GetNodePools().ListAsync(cancellationToken))
            {
                names.Add(pool.Name);
            }

            foreach (var pool in names)
            {
                await ClusterArguments.WaitAsync(context, $"{name}/{pool}", await cluster.GetNodePools().UpgradeAsync(pool, null, cancellationToken), cancellationToken);
            }
        }

        ClusterText.Print(context, [status.Cluster!]);
        return ExitCode.Done;
    }
}
