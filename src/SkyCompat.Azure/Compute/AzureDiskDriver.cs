using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Managed disks. Their name is their id and what makes a repeated request the same one.</summary>
internal sealed class AzureDiskDriver(ArmClient client, ArmGroups groups) : DiskDriver
{
    private const string Type = "StandardSSD_LRS";

    public override async Task<Disk> CreateAsync(DiskSpec spec, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var region = Regions.Normalize(spec.Location.Region!);
        var source = spec.SnapshotId is { } snapshot
            ? new JsonObject { ["createOption"] = "Copy", ["sourceResourceId"] = client.Scope.One(ArmTypes.Snapshot, snapshot) }
            : new JsonObject { ["createOption"] = "Empty" };
        var body = new JsonObject
        {
            ["location"] = region,
            ["tags"] = ArmJson.Write(tags),
            ["sku"] = new JsonObject { ["name"] = Type },
            ["properties"] = new JsonObject { ["creationData"] = source, ["diskSizeGB"] = spec.SizeGiB },
        };
        if (spec.Location.Zone is { } zone)
        {
            body["zones"] = new JsonArray(zone);
        }

        var reply = await groups.PutAsync(PathOf(spec.Name), ArmVersions.Disks, region, body, ArmSubject.Resource, cancellationToken).ConfigureAwait(false);
        return Read(reply.Body, spec);
    }

    public override async Task<Disk?> TryGetAsync(string id, CancellationToken cancellationToken)
    {
        var disk = await client.TryGetAsync(PathOf(id), ArmVersions.Disks, cancellationToken).ConfigureAwait(false);
        return disk.Text("id") is null ? null : Read(disk);
    }

    public override async Task<DriverPage<Disk>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var page = await client.ListPageAsync(client.Scope.All(ArmTypes.Disk), ArmVersions.Disks, query: null, pageToken, cancellationToken).ConfigureAwait(false);
        return new DriverPage<Disk>([.. page.Items.Where(disk => disk.IsOwnedIn(region)).Select(disk => Read(disk))], page.NextLink);
    }

    public override Task AttachAsync(string id, string instanceId, CancellationToken cancellationToken) => ChangeAsync("dataDisksToAttach", id, instanceId, cancellationToken);

    public override Task DetachAsync(string id, string instanceId, CancellationToken cancellationToken) => ChangeAsync("dataDisksToDetach", id, instanceId, cancellationToken);

    public override Task DeleteAsync(string id, CancellationToken cancellationToken) => client.DeleteAsync(PathOf(id), ArmVersions.Disks, cancellationToken);

    /// <summary>Attaches or detaches without reading the machine first, so that two at a time do not undo each other.</summary>
    private Task<ArmReply> ChangeAsync(string what, string id, string instanceId, CancellationToken cancellationToken) => client.SendAsync(
        HttpMethod.Post,
        client.Scope.One(ArmTypes.Machine, instanceId) + "/attachDetachDataDisks",
        ArmVersions.Compute,
        query: null,
        new JsonObject { [what] = new JsonArray(new JsonObject { ["diskId"] = PathOf(id) }) },
        ArmSubject.Instance,
        cancellationToken);

    private string PathOf(string id) => client.Scope.One(ArmTypes.Disk, id);

    private Disk Read(JsonElement disk, DiskSpec? asked = null)
    {
        var properties = disk.At("properties");
        var state = properties.Text("diskState");
        var provisioning = disk.State();
        return new Disk(
            client.Scope.ShortId(disk.Text("id")) ?? asked?.Name ?? "",
            (int)(properties.Number("diskSizeGB") ?? asked?.SizeGiB ?? 0),
            new CloudLocation(disk.Text("location") is { } region ? Regions.Normalize(region) : asked?.Location.Region, disk.Texts("zones").FirstOrDefault() ?? asked?.Location.Zone))
        {
            Name = disk.Text("name") ?? asked?.Name,
            RawState = string.Join('/', new[] { provisioning, state }.Where(static part => !string.IsNullOrEmpty(part))),
            IsReady = provisioning == "Succeeded" && state is "Unattached" or "Attached" or "Reserved",
            AttachedTo = client.Scope.ShortId(disk.Text("managedBy")),
            Tags = disk.Tags(),
            CreatedAt = properties.Time("timeCreated"),
        };
    }
}
