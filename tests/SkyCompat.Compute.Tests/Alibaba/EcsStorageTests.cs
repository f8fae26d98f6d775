using SkyCompat.Emulators.AlibabaEcs;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>Disks, snapshots and key pairs.</summary>
public sealed class EcsStorageTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@here";
    private const string OtherKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBBBqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    private static readonly string Token = new('c', 32);

    [Fact]
    public async Task Disk_CreateAttachDetachDelete()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var disks = cloud.Driver.Disks!;
        var instance = await cloud.RunAsync();
        var spec = new DiskSpec("data", 20, new CloudLocation(EcsTestCloud.Region, EcsTestCloud.Zone));

        var made = await disks.CreateAsync(spec, Token, EcsLaunches.Owner, default);
        (await disks.CreateAsync(spec, Token, EcsLaunches.Owner, default)).Id.ShouldBe(made.Id);
        var ready = await LookAsync(cloud, made.Id, disk => disk.IsReady);
        (ready.Name, ready.SizeGiB, ready.Location, ready.AttachedTo, ready.RawState).ShouldBe(("data", 20, spec.Location, null, "Available"));

        await disks.AttachAsync(made.Id, instance.Id, default);
        await disks.AttachAsync(made.Id, instance.Id, default);
        await LookAsync(cloud, made.Id, disk => disk.AttachedTo == instance.Id);
        (await Should.ThrowAsync<CloudException>(() => disks.DeleteAsync(made.Id, default))).Code.ShouldBe(CloudErrorCode.Conflict);
        await disks.DetachAsync(made.Id, instance.Id, default);
        await disks.DetachAsync(made.Id, instance.Id, default);
        await LookAsync(cloud, made.Id, disk => disk is { AttachedTo: null, IsReady: true });
        await disks.DeleteAsync(made.Id, default);
        await disks.DeleteAsync(made.Id, default);
        (await disks.TryGetAsync(made.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task NameUsedAgainAfterDeletion_ByEngine_IsNewEachTime()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var disks = cloud.Compute.GetRequiredService<IDisks>();
        var snapshots = cloud.Compute.GetRequiredService<ISnapshots>();
        var addresses = cloud.Compute.GetRequiredService<IPublicAddresses>();
        var ids = new List<string>();
        for (var time = 0; time < 3; time++)
        {
            var disk = await disks.CreateAsync(new DiskSpec("data", 20, new CloudLocation(EcsTestCloud.Region, EcsTestCloud.Zone)));
            var snapshot = await snapshots.CreateAsync(disk.Id, "monday");
            var address = await addresses.ReserveAsync("front");
            ids.AddRange([disk.Id, snapshot.Id, address.Id]);
            await snapshots.DeleteAsync(snapshot.Id);
            await disks.DeleteAsync(disk.Id);
            await addresses.ReleaseAsync(address.Id);
        }

        ids.ShouldBeUnique(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Disk_Small_IsOfTheLowestLevel()
    {
        await using var cloud = await EcsTestCloud.StartAsync();

        await cloud.Driver.Disks!.CreateAsync(new DiskSpec("data", 1, new CloudLocation(EcsTestCloud.Region, EcsTestCloud.Zone)), Token, EcsLaunches.Owner, default);

        cloud.Calls("CreateDisk").ShouldHaveSingleItem()["PerformanceLevel"].ShouldBe("PL0");
    }

    [Fact]
    public async Task Disk_NoZone_IsInvalid()
    {
        await using var cloud = await EcsTestCloud.StartAsync();

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.Disks!.CreateAsync(new DiskSpec("data", 20, new CloudLocation(EcsTestCloud.Region)), Token, EcsLaunches.Owner, default));

        error.Code.ShouldBe(CloudErrorCode.InvalidArgument);
        cloud.Faults.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Disk_List_HasBootDisksAndReadsEveryPage()
    {
        await using var cloud = await EcsTestCloud.StartAsync(new EcsEmulatorOptions { MaxPageSize = 2 });
        await cloud.LaunchAsync(EcsLaunches.Request(count: 3));

        var first = await cloud.Driver.Disks!.ListPageAsync(EcsTestCloud.Region, null, default);
        var second = await cloud.Driver.Disks.ListPageAsync(EcsTestCloud.Region, first.NextPageToken, default);

        (first.Items.Count, second.Items.Count, second.NextPageToken).ShouldBe((2, 1, null));
        first.Items.Concat(second.Items).ShouldAllBe(disk => disk.AttachedTo != null && disk.Tags[ComputeTags.Key] == "web");
    }

    [Fact]
    public async Task Snapshot_CreateUseDelete()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var spec = new DiskSpec("data", 20, new CloudLocation(EcsTestCloud.Region, EcsTestCloud.Zone));
        var disk = await cloud.Driver.Disks!.CreateAsync(spec, Token, EcsLaunches.Owner, default);
        await LookAsync(cloud, disk.Id, found => found.IsReady);
        var snapshots = cloud.Driver.Snapshots!;

        var made = await snapshots.CreateAsync(disk.Id, "monday", Token, EcsLaunches.Owner, default);
        (await snapshots.CreateAsync(disk.Id, "monday", Token, EcsLaunches.Owner, default)).Id.ShouldBe(made.Id);
        DiskSnapshot? found;
        do
        {
            found = await snapshots.TryGetAsync(made.Id, default);
        }
        while (!found!.IsReady);

        (found.Name, found.DiskId, found.SizeGiB, found.RawState).ShouldBe(("monday", disk.Id, 20, "accomplished"));
        (await snapshots.ListPageAsync(EcsTestCloud.Region, null, default)).Items.ShouldHaveSingleItem().Tags[ComputeTags.Owner].ShouldBe("tests");
        await cloud.Driver.Disks.CreateAsync(spec with { Name = "copy", SnapshotId = made.Id }, new string('d', 32), EcsLaunches.Owner, default);
        await snapshots.DeleteAsync(made.Id, default);
        await snapshots.DeleteAsync(made.Id, default);
        (await snapshots.TryGetAsync(made.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Storage_InAnotherRegion_IsNamedByIt()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var disk = await cloud.Driver.Disks!.CreateAsync(new DiskSpec("data", 20, new CloudLocation(EcsTestCloud.OtherRegion, "eu-central-1a")), Token, EcsLaunches.Owner, default);
        disk.Id.ShouldStartWith("eu-central-1/d-");
        await LookAsync(cloud, disk.Id, found => found.IsReady);

        var snapshot = await cloud.Driver.Snapshots!.CreateAsync(disk.Id, "monday", Token, EcsLaunches.Owner, default);

        snapshot.Id.ShouldStartWith("eu-central-1/s-");
        (await cloud.Driver.Snapshots.TryGetAsync(snapshot.Id, default))!.DiskId.ShouldBe(disk.Id);
    }

    [Fact]
    public async Task KeyPair_ImportListDelete()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var keys = cloud.Driver.KeyPairs!;

        var made = await keys.ImportAsync("mine", Key, EcsTestCloud.Region, EcsLaunches.Owner, default);
        var again = await keys.ImportAsync("mine", Key + " elsewhere", EcsTestCloud.Region, EcsLaunches.Owner, default);

        (again.Name, again.Fingerprint, again.Region).ShouldBe(("mine", made.Fingerprint, EcsTestCloud.Region));
        (await Should.ThrowAsync<CloudException>(() => keys.ImportAsync("mine", OtherKey, EcsTestCloud.Region, EcsLaunches.Owner, default))).Code.ShouldBe(CloudErrorCode.AlreadyExists);
        (await keys.ListPageAsync(EcsTestCloud.Region, null, default)).Items.ShouldHaveSingleItem().Tags.ShouldBe(EcsLaunches.Owner);
        await keys.DeleteAsync("mine", EcsTestCloud.Region, default);
        await keys.DeleteAsync("mine", EcsTestCloud.Region, default);
        (await keys.ListPageAsync(EcsTestCloud.Region, null, default)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task KeyPair_ManyOfThem_ReadsEveryPage()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        for (var i = 0; i < 51; i++)
        {
            await cloud.Driver.KeyPairs!.ImportAsync($"key-{i}", Key, EcsTestCloud.Region, EcsLaunches.Owner, default);
        }

        var first = await cloud.Driver.KeyPairs!.ListPageAsync(EcsTestCloud.Region, null, default);
        var second = await cloud.Driver.KeyPairs.ListPageAsync(EcsTestCloud.Region, first.NextPageToken, default);

        (first.Items.Count, second.Items.Count, second.NextPageToken).ShouldBe((50, 1, null));
    }

    private static async Task<Disk> LookAsync(EcsTestCloud cloud, string id, Func<Disk, bool> isDone)
    {
        for (var look = 0; look < 10; look++)
        {
            if (await cloud.Driver.Disks!.TryGetAsync(id, default) is { } disk && isDone(disk))
            {
                return disk;
            }
        }

        throw new InvalidOperationException($"{id} does not get there.");
    }
}
