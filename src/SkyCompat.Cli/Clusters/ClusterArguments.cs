namespace SkyCompat.Cli.Clusters;

/// <summary>Names of clusters on the command line, and the wait for what is done to them.</summary>
internal static class ClusterArguments
{
    public static Argument<string> One() => new("CLUSTER") { Description = "cloud:name, as ls prints it; without a cloud, of the default cloud.", HelpName = "CLUSTER" };

    public static (ICloud Cloud, string Name) Resolve(CommandContext context, string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var cloud = colon < 0 ? context.Sky.DefaultCloud : context.Sky.GetCloud(name[..colon]);
        return name.Length > colon + 1 ? (cloud, name[(colon + 1)..]) : throw new UsageException($"'{name}' names no cluster. Write cloud:name, as `skyc clusters ls` prints it.");
    }

    public static ICluster Open(CommandContext context, string name)
    {
        var (cloud, cluster) = Resolve(context, name);
        return cloud.Clusters.GetCluster(cluster);
    }

    /// <summary>Waits for an operation, saying each new state.</summary>
    public static async Task<ClusterOperationStatus> WaitAsync(CommandContext context, string name, IClusterOperation operation, CancellationToken cancellationToken) =>
        await operation.WaitAsync(new Progress(context, name), cancellationToken);

    private sealed class Progress(CommandContext context, string name) : IProgress<ClusterOperationStatus>
    {
        private string _last = "";

        public void Report(ClusterOperationStatus value)
        {
            var state = value.State == ClusterOperationState.Queued ? "waits for another operation" : Describe(value);
            if (state.Length > 0 && state != _last)
            {
                context.Output.Note($"{name}: {state}");
                _last = state;
            }
        }

        private static string Describe(ClusterOperationStatus status) => string.Join(
            ", ", (status.Cluster is { } cluster ? [Choice.Word(cluster.Phase)] : (string[])[]).Concat(status.Pools.Select(pool => $"{pool.Name} {Choice.Word(pool.Phase)}")));
    }
}
