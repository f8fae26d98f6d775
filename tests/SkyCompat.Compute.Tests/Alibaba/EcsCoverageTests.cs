using SkyCompat.Contracts;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>Which operations of the provider each operation of the adapter asks for, all of them under the contract checks.</summary>
public sealed class EcsCoverageTests(ITestOutputHelper output)
{
    private static readonly string[] Expected =
    [
        "AllocateEipAddress", "AssociateEipAddress", "AttachDisk", "AuthorizeSecurityGroup", "CreateDisk", "CreateSecurityGroup", "CreateSnapshot", "CreateVSwitch", "CreateVpc", "DeleteDisk",
        "DeleteInstance", "DeleteKeyPairs", "DeleteSecurityGroup", "DeleteSnapshot", "DeleteVSwitch", "DeleteVpc", "DescribeAvailableResource", "DescribeDisks", "DescribeEipAddresses", "DescribeImages",
        "DescribeInstanceTypes", "DescribeInstances", "DescribeKeyPairs", "DescribePrice", "DescribeSecurityGroupAttribute", "DescribeSecurityGroups", "DescribeSnapshots", "DescribeVSwitches",
        "DescribeVpcs", "DescribeZones", "DetachDisk", "GetInstanceConsoleOutput", "ImportKeyPair", "RebootInstance", "ReleaseEipAddress", "RevokeSecurityGroup", "RunInstances", "StartInstance",
        "StopInstance", "UnassociateEipAddress",
    ];

    [Fact]
    public async Task EveryOperationOfTheAdapter_AsksForDescribedOperationsOnly()
    {
        const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
        await using var cloud = await EcsTestCloud.StartAsync();
        var driver = cloud.Driver;
        var place = new CloudLocation(EcsTestCloud.Region, EcsTestCloud.Zone);
        var token = new string('e', 32);
        var table = new Table(cloud.Contracts);

        await table.AddAsync("FindOffers", () => driver.FindOffersPageAsync(new OfferQuery(new MachineNeed { MaxVCpus = 2 }) { Regions = [EcsTestCloud.Region] }, null, default));
        await table.AddAsync("ProbeOffer", () => driver.ProbeAsync(EcsLaunches.Offer(), 1, default));
        await table.AddAsync("FindImage", () => driver.TryFindImageAsync(ImageReference.OfFamily("debian-12"), CpuArchitecture.X64, EcsTestCloud.Region, default));
        var request = await table.AddAsync("PrepareLaunch", () => cloud.PreparedAsync(EcsLaunches.Request()));
        var id = (await table.AddAsync("Launch", () => driver.LaunchAsync(request, default))).Ids[0];
        await table.AddAsync("Get", () => cloud.LookUntilAsync(id, InstancePhase.Running));
        await table.AddAsync("List", () => driver.ListPageAsync(new InstanceQuery { Regions = [EcsTestCloud.Region] }, null, default));
        await table.AddAsync("Console", () => driver.GetConsoleOutputAsync(id, default));
        await table.AddAsync("Reboot", () => driver.ActAsync(id, InstanceAction.Reboot, default));
        await cloud.LookUntilAsync(id, InstancePhase.Running);
        await table.AddAsync("Stop", () => driver.ActAsync(id, InstanceAction.Stop, default));
        await cloud.LookUntilAsync(id, InstancePhase.Stopped);
        await table.AddAsync("Start", () => driver.ActAsync(id, InstanceAction.Start, default));
        await cloud.LookUntilAsync(id, InstancePhase.Running);

        await table.AddAsync("ImportKeyPair", () => driver.KeyPairs!.ImportAsync("mine", Key, EcsTestCloud.Region, EcsLaunches.Owner, default));
        await table.AddAsync("ListKeyPairs", () => driver.KeyPairs!.ListPageAsync(EcsTestCloud.Region, null, default));
        await table.AddAsync("DeleteKeyPair", () => driver.KeyPairs!.DeleteAsync("mine", EcsTestCloud.Region, default));
        await driver.Firewalls!.EnsureAsync("skycompat-1", [FirewallRule.Tcp(80)], EcsTestCloud.Region, null, EcsLaunches.Owner, default);
        await table.AddAsync("EnsureFirewallGroup", () => driver.Firewalls.EnsureAsync("skycompat-1", [FirewallRule.Tcp(81)], EcsTestCloud.Region, null, EcsLaunches.Owner, default));
        await table.AddAsync("ListFirewallGroups", () => driver.Firewalls.ListPageAsync(EcsTestCloud.Region, null, default));
        await table.AddAsync("DeleteFirewallGroup", () => driver.Firewalls.DeleteAsync("skycompat-1", EcsTestCloud.Region, default));
        await table.AddAsync("EnsureNetwork", () => EcsTestCloud.RetryAsync(() => driver.Networks!.EnsureAsync("mine", "10.9.0.0/16", EcsTestCloud.Region, EcsLaunches.Owner, default)));
        await table.AddAsync("ListNetworks", () => driver.Networks!.ListPageAsync(EcsTestCloud.Region, null, default));
        await table.AddAsync("DeleteNetwork", () => EcsTestCloud.RetryAsync(async () =>
        {
            await driver.Networks!.DeleteAsync("mine", EcsTestCloud.Region, default);
            return true;
        }));

        var disk = (await table.AddAsync("CreateDisk", () => driver.Disks!.CreateAsync(new DiskSpec("data", 20, place), token, EcsLaunches.Owner, default))).Id;
        await table.AddAsync("GetDisk", () => driver.Disks!.TryGetAsync(disk, default));
        await table.AddAsync("ListDisks", () => driver.Disks!.ListPageAsync(EcsTestCloud.Region, null, default));
        await table.AddAsync("AttachDisk", () => driver.Disks!.AttachAsync(disk, id, default));
        await driver.Disks!.TryGetAsync(disk, default);
        await table.AddAsync("DetachDisk", () => driver.Disks!.DetachAsync(disk, id, default));
        await driver.Disks.TryGetAsync(disk, default);
        var snapshot = (await table.AddAsync("CreateSnapshot", () => driver.Snapshots!.CreateAsync(disk, "monday", token, EcsLaunches.Owner, default))).Id;
        await table.AddAsync("GetSnapshot", () => driver.Snapshots!.TryGetAsync(snapshot, default));
        await table.AddAsync("ListSnapshots", () => driver.Snapshots!.ListPageAsync(EcsTestCloud.Region, null, default));
        await table.AddAsync("DeleteSnapshot", () => driver.Snapshots!.DeleteAsync(snapshot, default));
        await table.AddAsync("DeleteDisk", () => driver.Disks.DeleteAsync(disk, default));

        var address = (await table.AddAsync("ReserveAddress", () => driver.Addresses!.ReserveAsync("front", EcsTestCloud.Region, token, EcsLaunches.Owner, default))).Id;
        await table.AddAsync("GetAddress", () => driver.Addresses!.TryGetAsync(address, default));
        await table.AddAsync("ListAddresses", () => driver.Addresses!.ListPageAsync(EcsTestCloud.Region, null, default));
        await table.AddAsync("AttachAddress", () => driver.Addresses!.AttachAsync(address, id, default));
        await driver.Addresses!.TryGetAsync(address, default);
        await table.AddAsync("DetachAddress", () => driver.Addresses!.DetachAsync(address, id, default));
        await driver.Addresses.TryGetAsync(address, default);
        await table.AddAsync("ReleaseAddress", () => driver.Addresses.ReleaseAsync(address, default));
        await table.AddAsync("Terminate", () => driver.ActAsync(id, InstanceAction.Terminate, default));

        table.Rows.ForEach(output.WriteLine);
        cloud.Contracts.Operations.Keys.Select(key => key.Operation).Order(StringComparer.Ordinal).ShouldBe(Expected);
        table.Rows.ShouldAllBe(row => !row.EndsWith(": ", StringComparison.Ordinal));
        (cloud.Contracts.Signatures, cloud.Contracts.Replies).ShouldBe((cloud.Contracts.Requests, cloud.Contracts.Requests));
    }

    /// <summary>Notes what each operation of the adapter asked for.</summary>
    private sealed class Table(ContractLog log)
    {
        public List<string> Rows { get; } = [];

        public async Task<T> AddAsync<T>(string operation, Func<Task<T>> send)
        {
            var before = log.Operations.ToDictionary();
            var result = await send();
            Rows.Add($"{operation}: {string.Join(", ", log.Operations.Where(pair => pair.Value > before.GetValueOrDefault(pair.Key)).Select(pair => $"{pair.Key.Operation} × {pair.Value - before.GetValueOrDefault(pair.Key)}").Order(StringComparer.Ordinal))}");
            return result;
        }

        public Task AddAsync(string operation, Func<Task> send) => AddAsync(operation, async () =>
        {
            await send();
            return true;
        });
    }
}
