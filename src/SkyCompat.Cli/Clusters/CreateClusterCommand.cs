namespace SkyCompat.Cli.Clusters;

/// <summary><c>skyc clusters create</c></summary>
internal sealed class CreateClusterCommand : SkycCommand
{
    private readonly Argument<string> _cluster = ClusterArguments.One();
    private readonly Option<string?> _version = new("--kubernetes") { Description = "The version of Kubernetes, or its beginning, such as 1.33.", HelpName = "VERSION" };
    private readonly Option<string[]> _subnets = new("--subnet") { Description = "A subnet to be in, by the provider's id; may be repeated.", HelpName = "ID" };
    private readonly PoolOptions _pool;

    public CreateClusterCommand()
        : base("create", "Creates a cluster with one node pool, and waits until it runs. Run again after a crash, it goes on.", "clusters create gcp:prod --nodes 3 --vcpus 4 --memory 16", "clusters create aws:batch --kubernetes 1.33 --autoscale 0-10 --spot")
    {
        Add(_cluster);
        Add(_version);
        Add(_subnets);
        _pool = new PoolOptions(this);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (cloud, name) = ClusterArguments.Resolve(context, context.Get(_cluster)!);
        var spec = new ClusterSpec { IdempotencyKey = name, Version = context.Get(_version), Pools = [_pool.Read(context)], SubnetIds = context.Get(_subnets) ?? [] };
        var operation = await NeedOptions.CheckedAsync(() => cloud.Clusters.CreateAsync(spec, cancellationToken));
        var status = await ClusterArguments.WaitAsync(context, $"{cloud.Name}:{name}", operation, cancellationToken);
        ClusterText.Print(context, [status.Cluster!]);
        return ExitCode.Done;
    }
}
