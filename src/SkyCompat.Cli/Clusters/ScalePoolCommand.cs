namespace SkyCompat.Cli.Clusters;

/// <summary><c>skyc clusters scale</c></summary>
internal sealed class ScalePoolCommand : SkycCommand
{
    private readonly Argument<string> _cluster = ClusterArguments.One();
    private readonly PoolOptions _pool;
    private readonly Option<bool> _remove = new("--remove") { Description = "Delete the pool with its nodes." };

    public ScalePoolCommand()
        : base(
            "scale",
            "Makes a node pool, or changes its number of nodes, scaling, labels and taints to what is given, and waits until it is so.",
            "clusters scale gcp:prod --pool main --nodes 5", "clusters scale aws:batch --pool gpu --type g5.xlarge --autoscale 0-4 --taint gpu=yes:NoSchedule", "clusters scale aws:batch --pool gpu --remove")
    {
        Add(_cluster);
        _pool = new PoolOptions(this);
        Add(_remove);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = context.Get(_cluster)!;
        var pools = ClusterArguments.Open(context, name).GetNodePools();
        var operation = await NeedOptions.CheckedAsync(() => context.Get(_remove) ? pools.DeleteAsync(_pool.Name(context), cancellationToken) : pools.ApplyAsync(_pool.Read(context), cancellationToken));
        var status = await ClusterArguments.WaitAsync(context, name, operation, cancellationToken);
        foreach (var pool in status.Pools)
        {
            ClusterText.Print(context, pool);
        }

        return ExitCode.Done;
    }
}
