namespace SkyCompat.Cli.Clusters;

/// <summary><c>skyc clusters</c>: the commands about managed clusters.</summary>
internal sealed class ClustersCommand : Command
{
    public ClustersCommand()
        : base("clusters", "Managed Kubernetes on any cloud: lists, creates, scales, upgrades, deletes, exports kubeconfigs.")
    {
        SkycCommand[] commands = [new ListClustersCommand(), new CreateClusterCommand(), new ScalePoolCommand(), new UpgradeClusterCommand(), new DeleteClustersCommand(), new KubeconfigCommand()];
        foreach (var command in commands)
        {
            Add(command);
        }
    }
}
