namespace SkyCompat.Compute;

/// <summary>What compute of a cloud can do beyond launching, listing, starting, stopping, rebooting and terminating.</summary>
[Flags]
public enum ComputeFeatures
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Instances in the spot market.</summary>
    Spot = 1 << 0,

    /// <summary>Stopping with compute billed on.</summary>
    StopKeepAllocated = 1 << 1,

    /// <summary>Hibernation.</summary>
    Hibernate = 1 << 2,

    /// <summary>Several instances in one request, with a minimum; the engine launches one by one otherwise.</summary>
    BulkLaunch = 1 << 3,

    /// <summary>User data.</summary>
    UserData = 1 << 4,

    /// <summary>Firewall rules: <see cref="LaunchSpec.Inbound"/> and <see cref="IFirewallGroups"/>.</summary>
    Firewall = 1 << 5,

    /// <summary>A public address for the instance's life.</summary>
    PublicAddress = 1 << 6,

    /// <summary>SSH keys: <see cref="LaunchSpec.SshPublicKey"/>.</summary>
    SshKeys = 1 << 7,

    /// <summary>Named key pairs: <see cref="IKeyPairs"/>.</summary>
    KeyPairs = 1 << 8,

    /// <summary>Console output: <see cref="IConsoleOutput"/>.</summary>
    ConsoleOutput = 1 << 9,

    /// <summary>Disks: <see cref="IDisks"/>, and a boot disk of one's own size.</summary>
    Disks = 1 << 10,

    /// <summary>Snapshots of disks: <see cref="ISnapshots"/>.</summary>
    Snapshots = 1 << 11,

    /// <summary>Networks: <see cref="INetworks"/> and <see cref="LaunchSpec.SubnetId"/>.</summary>
    Networks = 1 << 12,

    /// <summary>Addresses that outlive instances: <see cref="IPublicAddresses"/>.</summary>
    ReservedAddresses = 1 << 13,

    /// <summary>Probing of quotas by <see cref="IComputeService.ProbeAsync"/>.</summary>
    QuotaProbe = 1 << 14,

    /// <summary>Probing of stock by <see cref="IComputeService.ProbeAsync"/>.</summary>
    StockProbe = 1 << 15,
}
