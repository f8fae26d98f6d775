using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Standard static public addresses. They lead to a machine through its network interface.</summary>
internal sealed class AzureAddressDriver(ArmClient client, ArmGroups groups) : AddressDriver
{
    public override async Task<PublicAddress> ReserveAsync(string name, string region, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var found = await client.TryGetAsync(PathOf(name), ArmVersions.Network, cancellationToken).ConfigureAwait(false);
        if (found.Text("id") is null)
        {
            var body = new JsonObject
            {
                ["location"] = Regions.Normalize(region),
                ["tags"] = ArmJson.Write(tags),
                ["sku"] = new JsonObject { ["name"] = "Standard", ["tier"] = "Regional" },
                ["properties"] = new JsonObject { ["publicIPAllocationMethod"] = "Static", ["publicIPAddressVersion"] = "IPv4" },
            };
            found = (await groups.PutAsync(PathOf(name), ArmVersions.Network, region, body, ArmSubject.Resource, cancellationToken).ConfigureAwait(false)).Body;
        }

        return await ReadAsync(found.Ready(), cancellationToken).ConfigureAwait(false);
    }

    public override async Task<PublicAddress?> TryGetAsync(string id, CancellationToken cancellationToken)
    {
        var address = await client.TryGetAsync(PathOf(id), ArmVersions.Network, cancellationToken).ConfigureAwait(false);
        return address.Text("id") is null ? null : await ReadAsync(address, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<DriverPage<PublicAddress>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var page = await client.ListPageAsync(client.Scope.All(ArmTypes.Address), ArmVersions.Network, query: null, pageToken, cancellationToken).ConfigureAwait(false);
        var addresses = new List<PublicAddress>();
        foreach (var address in page.Items.Where(address => address.IsOwnedIn(region)))
        {
            addresses.Add(await ReadAsync(address, cancellationToken).ConfigureAwait(false));
        }

        return new DriverPage<PublicAddress>(addresses, page.NextLink);
    }

    public override Task AttachAsync(string id, string instanceId, CancellationToken cancellationToken) => ChangeAsync(id, instanceId, isAttached: true, cancellationToken);

    public override Task DetachAsync(string id, string instanceId, CancellationToken cancellationToken) => ChangeAsync(id, instanceId, isAttached: false, cancellationToken);

    public override Task ReleaseAsync(string id, CancellationToken cancellationToken) => client.DeleteAsync(PathOf(id), ArmVersions.Network, cancellationToken);

    /// <summary>Changes the machine's first interface. Azure has no request for the address alone, so the interface is read and written back.</summary>
    private async Task ChangeAsync(string id, string instanceId, bool isAttached, CancellationToken cancellationToken)
    {
        var machine = await client.SendAsync(HttpMethod.Get, client.Scope.One(ArmTypes.Machine, instanceId), ArmVersions.Compute, query: null, body: null, ArmSubject.Instance, cancellationToken).ConfigureAwait(false);
        var path = MachineAddresses.InterfacesOf(machine.Body).FirstOrDefault()
            ?? throw new CloudException(CloudErrorCode.Conflict, "The instance has no network interface yet.") { IsTransient = true, Reason = ComputeErrorReasons.WrongState };
        var found = await client.SendAsync(HttpMethod.Get, path, ArmVersions.Network, query: null, body: null, ArmSubject.Resource, cancellationToken).ConfigureAwait(false);
        if (NetworkInterfaceBody.Change(found.Body, PathOf(id), isAttached) is { } body)
        {
            await client.SendAsync(HttpMethod.Put, path, ArmVersions.Network, query: null, body, ArmSubject.Resource, cancellationToken).ConfigureAwait(false);
        }
    }

    private string PathOf(string id) => client.Scope.One(ArmTypes.Address, id);

    private async Task<PublicAddress> ReadAsync(JsonElement address, CancellationToken cancellationToken) => new(
        client.Scope.ShortId(address.Text("id")) ?? "",
        address.Text("properties", "ipAddress") ?? "",
        new CloudLocation(address.Text("location") is { } region ? Regions.Normalize(region) : null))
    {
        Name = address.Text("name"),
        AttachedTo = await FindMachineAsync(address, cancellationToken).ConfigureAwait(false),
        Tags = address.Tags(),
    };

    /// <summary>The machine that an address leads to: the address names the configuration of an interface, and the interface its machine.</summary>
    private async Task<string?> FindMachineAsync(JsonElement address, CancellationToken cancellationToken)
    {
        if (address.Text("properties", "ipConfiguration", "id") is not { } configuration ||
            configuration.IndexOf("/ipConfigurations/", StringComparison.OrdinalIgnoreCase) is not (> 0 and var end) ||
            !configuration.Contains("/networkInterfaces/", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var found = await client.TryGetAsync(configuration[..end], ArmVersions.Network, cancellationToken).ConfigureAwait(false);
        return client.Scope.ShortId(found.Text("properties", "virtualMachine", "id"));
    }
}
