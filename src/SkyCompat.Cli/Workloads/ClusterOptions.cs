using SkyCompat.Workloads;

namespace SkyCompat.Cli.Workloads;

/// <summary>Where workloads are: the options of every command about them.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> _cluster = new("--cluster") { Description = "A logical cluster of the configuration, or cloud:name. Default: the only one.", HelpName = "CLUSTER" };
    private readonly Option<string?> _namespace = new("--namespace", "-n") { Description = "The namespace. Default: the cluster's.", HelpName = "NAMESPACE" };

    public void AddTo(Command command)
    {
        command.Add(_cluster);
        command.Add(_namespace);
    }

    public IWorkloads Open(CommandContext context) => Open(context, context.Get(_cluster), context.Get(_namespace));

    /// <summary>A namespace of a cluster.</summary>
    /// <param name="context">The command.</param>
    /// <param name="cluster">A logical cluster, or <c>cloud:name</c>; null for the only one.</param>
    /// <param name="namespaceName">The namespace; null for the cluster's.</param>
    public static IWorkloads Open(CommandContext context, string? cluster, string? namespaceName)
    {
        try
        {
            return Find(context, cluster).GetWorkloads(namespaceName);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"--namespace: {exception.Message}");
        }
    }

    /// <summary>A running pod by its own name, or that of its workload.</summary>
    public static async Task<string> FindPodAsync(IWorkloads workloads, string name, CancellationToken cancellationToken)
    {
        if (await workloads.TryGetAsync(name, cancellationToken) is null)
        {
            return name;
        }

        return (await workloads.TryGetRunningPodAsync(name, cancellationToken))?.Name ?? throw new MissingException($"No pod of '{name}' runs; `skyc logs {name}` may say why.");
    }

    /// <summary>What the engine refuses as an argument was one of the command line.</summary>
    public static async Task<T> CheckedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    private static ICluster Find(CommandContext context, string? name)
    {
        if (name?.Split(':') is [var cloud, { Length: > 0 } cluster])
        {
            return context.Sky.GetCloud(cloud).Clusters.GetCluster(cluster);
        }

        var known = context.Sky.ClusterNames;
        return name is not null ? context.Sky.GetCluster(name)
            : known.Count == 1 ? context.Sky.GetCluster(known.Single())
            : throw new UsageException(known.Count == 0
                ? "No cluster is configured under SkyCompat:Clusters; pass --cluster cloud:name."
                : $"Several clusters are configured; pass --cluster with one of {string.Join(", ", known)}.");
    }
}
