namespace SkyCompat.Cli.Clusters;

/// <summary><c>skyc clusters ls</c></summary>
internal sealed class ListClustersCommand : SkycCommand
{
    private readonly Argument<string[]> _clouds = new("CLOUD") { Description = "The clouds; default: all whose clusters can be listed.", HelpName = "CLOUD", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _all = new("--all") { Description = "List clusters of other owners, and those that were not made by this library, too." };
    private readonly Option<bool> _versions = new("--versions") { Description = "List the versions of Kubernetes on offer instead." };

    public ListClustersCommand()
        : base("ls", "Lists clusters on all clouds.", "clusters ls", "clusters ls aws --all --json | jq -r .name", "clusters ls gcp --versions")
    {
        Add(_clouds);
        Add(_all);
        Add(_versions);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (found, failed) = (new List<ClusterInfo>(), false);
        foreach (var cloud in Open(context))
        {
            try
            {
                if (context.Get(_versions))
                {
                    await PrintVersionsAsync(context, cloud, cancellationToken);
                    continue;
                }

                await foreach (var cluster in cloud.Clusters.ListAsync(context.Get(_all), cancellationToken))
                {
                    found.Add(cluster);
                }
            }
            catch (CloudException exception)
            {
                // A cloud that fails is told, and the others are listed.
                failed = true;
                context.Output.Fail($"{cloud.Name}: {exception.Message}", ExitCode.Of(exception.Code), exception);
            }
        }

        if (!context.Get(_versions))
        {
            ClusterText.Print(context, [.. found.OrderBy(cluster => cluster.Cloud, StringComparer.Ordinal).ThenBy(cluster => cluster.Name, StringComparer.Ordinal)]);
        }

        return failed ? ExitCode.Failed : ExitCode.Done;
    }

    private IEnumerable<ICloud> Open(CommandContext context) => context.Get(_clouds) is { Length: > 0 } names
        ? names.Select(name => context.Sky.GetCloud(name.TrimEnd(':')))
        : context.Sky.Clouds.Where(cloud => cloud.Offers<IClusterService>() && cloud.Clusters.Capabilities.Supports(ClusterFeatures.List));

    private static async Task PrintVersionsAsync(CommandContext context, ICloud cloud, CancellationToken cancellationToken)
    {
        foreach (var version in await cloud.Clusters.ListVersionsAsync(cancellationToken))
        {
            if (context.Output.IsJson)
            {
                context.Output.Json(new JsonObject { ["type"] = "clusterVersion", ["cloud"] = cloud.Name, ["name"] = version.Name, ["default"] = version.IsDefault, ["preview"] = version.IsPreview });
            }
            else
            {
                context.Output.Line($"{cloud.Name}: {version.Name}{(version.IsDefault ? " (default)" : "")}{(version.IsPreview ? " (preview)" : "")}");
            }
        }
    }
}
