using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Incremental snapshots of managed disks, in the disk's region.</summary>
internal sealed class AzureSnapshotDriver(ArmClient client, ArmGroups groups) : SnapshotDriver
{
    private const double Complete = 100;

    public override async Task<DiskSnapshot> CreateAsync(string diskId, string name, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var path = client.Scope.One(ArmTypes.Disk, diskId);
        // A snapshot must be where its disk is, and the caller names the disk only.
        var disk = await client.TryGetAsync(path, ArmVersions.Disks, cancellationToken).ConfigureAwait(false);
        var region = disk.Text("location") ?? throw new CloudException(CloudErrorCode.NotFound, "There is no such disk.");
        var body = new JsonObject
        {
            ["location"] = Regions.Normalize(region),
            ["tags"] = ArmJson.Write(tags),
            ["sku"] = new JsonObject { ["name"] = "Standard_LRS" },
            ["properties"] = new JsonObject
            {
                ["creationData"] = new JsonObject { ["createOption"] = "Copy", ["sourceResourceId"] = path },
                ["incremental"] = true,
            },
        };
        var reply = await groups.PutAsync(PathOf(name), ArmVersions.Disks, region, body, ArmSubject.Resource, cancellationToken).ConfigureAwait(false);
        return reply.Body.Text("id") is null ? new DiskSnapshot(name, new CloudLocation(Regions.Normalize(region))) { Name = name, DiskId = diskId, Tags = tags } : Read(reply.Body);
    }

    public override async Task<DiskSnapshot?> TryGetAsync(string id, CancellationToken cancellationToken)
    {
        var snapshot = await client.TryGetAsync(PathOf(id), ArmVersions.Disks, cancellationToken).ConfigureAwait(false);
        return snapshot.Text("id") is null ? null : Read(snapshot);
    }

    public override async Task<DriverPage<DiskSnapshot>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var page = await client.ListPageAsync(client.Scope.All(ArmTypes.Snapshot), ArmVersions.Disks, query: null, pageToken, cancellationToken).ConfigureAwait(false);
        return new DriverPage<DiskSnapshot>([.. page.Items.Where(snapshot => snapshot.IsOwnedIn(region)).Select(Read)], page.NextLink);
    }

    public override Task DeleteAsync(string id, CancellationToken cancellationToken) => client.DeleteAsync(PathOf(id), ArmVersions.Disks, cancellationToken);

    private string PathOf(string id) => client.Scope.One(ArmTypes.Snapshot, id);

    private DiskSnapshot Read(JsonElement snapshot)
    {
        var properties = snapshot.At("properties");
        var percent = properties.At("completionPercent") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : Complete;
        return new DiskSnapshot(
            client.Scope.ShortId(snapshot.Text("id")) ?? "",
            new CloudLocation(snapshot.Text("location") is { } region ? Regions.Normalize(region) : null))
        {
            Name = snapshot.Text("name"),
            DiskId = client.Scope.ShortId(properties.Text("creationData", "sourceResourceId")),
            SizeGiB = (int)(properties.Number("diskSizeGB") ?? 0),
            RawState = snapshot.State() ?? "",
            IsReady = snapshot.State() == "Succeeded" && percent >= Complete,
            Tags = snapshot.Tags(),
            CreatedAt = properties.Time("timeCreated"),
        };
    }
}
