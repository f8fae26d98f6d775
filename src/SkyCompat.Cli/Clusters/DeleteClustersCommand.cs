namespace SkyCompat.Cli.Clusters;

/// <summary><c>skyc clusters delete</c></summary>
internal sealed class DeleteClustersCommand : SkycCommand
{
    private readonly Argument<string[]> _clusters = new("CLUSTER") { Description = "cloud:name, as ls prints it; without a cloud, of the default cloud.", HelpName = "CLUSTER", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };

    public DeleteClustersCommand()
        : base("delete", "Deletes clusters with their node pools, and waits until they are gone.", "clusters delete gcp:prod", "clusters delete --yes aws:batch")
    {
        Add(_clusters);
        Add(_yes);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var names = context.Get(_clusters)!;
        var clusters = names.Select(name => (Name: name, Cluster: ClusterArguments.Open(context, name))).ToList();
        if (!context.Get(_yes) && !context.Confirm($"Delete {Count.Of(names.Length, "cluster")} with all that runs in them?"))
        {
            context.Output.Note("Nothing was deleted.");
            return ExitCode.Failed;
        }

        foreach (var (name, cluster) in clusters)
        {
            await ClusterArguments.WaitAsync(context, name, await cluster.DeleteAsync(cancellationToken), cancellationToken);
            context.Output.Note($"{name}: gone");
        }

        return ExitCode.Done;
    }
}
