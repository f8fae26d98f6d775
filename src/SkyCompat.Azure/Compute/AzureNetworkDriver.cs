using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Virtual networks, each with one subnet over the whole range: subnets of Azure lie in all zones.</summary>
internal sealed class AzureNetworkDriver(ArmClient client, ArmGroups groups) : NetworkDriver
{
    private const string DefaultRange = "10.64.0.0/16";
    private const string SubnetName = "default";
    private const string WholeRegion = "";

    /// <summary>Makes or finds the network of a region for launches that name no subnet.</summary>
    /// <returns>The subnet's full id.</returns>
    public async Task<string> EnsureDefaultAsync(string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var name = $"skycompat-{Regions.Normalize(region)}";
        var found = await client.TryGetAsync(PathOf(name), ArmVersions.Network, cancellationToken).ConfigureAwait(false);
        var network = found.Text("id") is not null ? found.Ready() : await PutAsync(name, DefaultRange, region, tags, cancellationToken).ConfigureAwait(false);
        return network.Items("properties", "subnets").FirstOrDefault().Text("id")
            ?? throw new CloudException(CloudErrorCode.Conflict, $"The network {name} has no subnet: add one, or delete the network for a new one to be made.");
    }

    public override async Task<MachineNetwork> EnsureAsync(string name, string addressRange, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var found = await client.TryGetAsync(PathOf(name), ArmVersions.Network, cancellationToken).ConfigureAwait(false);
        if (found.Text("id") is null)
        {
            return Read(await PutAsync(name, addressRange, region, tags, cancellationToken).ConfigureAwait(false));
        }

        return RangeOf(found) == addressRange
            ? Read(found.Ready())
            : throw new CloudException(CloudErrorCode.AlreadyExists, $"A network of that name has the range {RangeOf(found)}.");
    }

    public override async Task<DriverPage<MachineNetwork>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var page = await client.ListPageAsync(client.Scope.All(ArmTypes.Network), ArmVersions.Network, query: null, pageToken, cancellationToken).ConfigureAwait(false);
        return new DriverPage<MachineNetwork>([.. page.Items.Where(network => network.IsThereIn(region)).Select(Read)], page.NextLink);
    }

    public override Task DeleteAsync(string name, string region, CancellationToken cancellationToken) =>
        client.DeleteAsync(PathOf(name), ArmVersions.Network, cancellationToken);

    private async Task<JsonElement> PutAsync(string name, string range, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["location"] = Regions.Normalize(region),
            ["tags"] = ArmJson.Write(tags),
            ["properties"] = new JsonObject
            {
                ["addressSpace"] = new JsonObject { ["addressPrefixes"] = new JsonArray(range) },
                ["subnets"] = new JsonArray(new JsonObject { ["name"] = SubnetName, ["properties"] = new JsonObject { ["addressPrefix"] = range } }),
            },
        };
        return (await groups.PutAsync(PathOf(name), ArmVersions.Network, region, body, ArmSubject.Resource, cancellationToken).ConfigureAwait(false)).Body.Ready();
    }

    private string PathOf(string name) => client.Scope.One(ArmTypes.Network, name);

    private static string? RangeOf(JsonElement network) => network.Texts("properties", "addressSpace", "addressPrefixes").FirstOrDefault();

    private static MachineNetwork Read(JsonElement network)
    {
        var subnets = new Dictionary<string, string>(StringComparer.Ordinal);
        if (network.Items("properties", "subnets").FirstOrDefault().Text("id") is { } subnet)
        {
            subnets[WholeRegion] = subnet;
        }

        return new MachineNetwork(network.Text("id") ?? "", network.Text("name") ?? "")
        {
            Region = network.Text("location") is { } region ? Regions.Normalize(region) : null,
            AddressRange = RangeOf(network),
            SubnetIds = subnets,
            Tags = network.Tags(),
        };
    }
}
