namespace SkyCompat.Cli.Compute;

/// <summary>Names of instances and clouds on the command line.</summary>
internal static class InstanceArguments
{
    public static Argument<string[]> Many() => new("INSTANCE") { Description = "cloud:id, as ls prints it; without a cloud, of the default cloud.", HelpName = "INSTANCE", Arity = ArgumentArity.OneOrMore };

    public static Argument<string[]> Clouds() => new("CLOUD") { Description = "The clouds; default: all that have compute.", HelpName = "CLOUD", Arity = ArgumentArity.ZeroOrMore };

    public static (IComputeService Compute, string Id) Resolve(CommandContext context, string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var cloud = colon < 0 ? context.Sky.DefaultCloud : context.Sky.GetCloud(name[..colon]);
        return name.Length > colon + 1 ? (cloud.Compute, name[(colon + 1)..]) : throw new UsageException($"'{name}' names no instance. Write cloud:id, as `skyc compute ls` prints it.");
    }

    /// <summary>The compute of the named clouds, or of all that have some, with the regions that placements use.</summary>
    public static IReadOnlyList<(ICloud Cloud, IReadOnlyList<string> Regions)> Open(CommandContext context, string[]? names)
    {
        IEnumerable<ICloud> clouds = names is { Length: > 0 } ? names.Select(name => context.Sky.GetCloud(name.TrimEnd(':'))) : context.Sky.Clouds.Where(cloud => cloud.Offers<IComputeService>());
        return [.. clouds.Select(cloud => (cloud, (IReadOnlyList<string>)[.. context.Options.Clouds[cloud.Name].Compute.Regions]))];
    }

    /// <summary>The instances of this owner on some clouds. A cloud that fails is told, and the others are listed.</summary>
    public static async Task<(IReadOnlyList<Instance> Instances, bool Failed)> ListAsync(CommandContext context, string[]? names, bool all, CancellationToken cancellationToken)
    {
        var (instances, failed) = (new List<Instance>(), false);
        foreach (var (cloud, regions) in Open(context, names))
        {
            try
            {
                await foreach (var instance in cloud.Compute.ListInstancesAsync(new InstanceQuery { Regions = regions, IncludeForeign = all }, cancellationToken))
                {
                    instances.Add(instance);
                }
            }
            catch (CloudException exception)
            {
                failed = true;
                context.Output.Fail($"{cloud.Name}: {exception.Message}", ExitCode.Of(exception.Code), exception);
            }
        }

        return ([.. instances.OrderBy(instance => instance.Cloud, StringComparer.Ordinal).ThenBy(instance => instance.Name ?? instance.Id, StringComparer.Ordinal)], failed);
    }
}
