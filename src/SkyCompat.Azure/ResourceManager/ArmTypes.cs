namespace SkyCompat.Azure;

/// <summary>The types of resources, as paths name them.</summary>
internal static class ArmTypes
{
    public const string Machine = "Microsoft.Compute/virtualMachines";
    public const string Disk = "Microsoft.Compute/disks";
    public const string Snapshot = "Microsoft.Compute/snapshots";
    public const string SshKey = "Microsoft.Compute/sshPublicKeys";
    public const string Network = "Microsoft.Network/virtualNetworks";
    public const string Firewall = "Microsoft.Network/networkSecurityGroups";
    public const string Interface = "Microsoft.Network/networkInterfaces";
    public const string Cluster = "Microsoft.ContainerService/managedClusters";
    public const string Address = "Microsoft.Network/publicIPAddresses";
}
