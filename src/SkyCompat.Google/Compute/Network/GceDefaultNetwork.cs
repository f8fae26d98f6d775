namespace SkyCompat.Google;

/// <summary>The network of instances that ask for none: the project's default network, or one that is made where the project has none.</summary>
internal sealed class GceDefaultNetwork(GceClient client, GceNetworks networks)
{
    public const string Address = "global/networks/default";
    private const string OwnName = "skycompat";
    private const string OwnRange = "10.77.0.0/16";

    /// <summary>Finds or makes it.</summary>
    /// <returns>The address of the network, and that of the subnet where the network does not find it by itself.</returns>
    public async Task<(string Network, string? Subnetwork)> FindAsync(string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var found = await client.TryGetAsync(Address, GceJson.Default.GceNetwork, GceSubject.Other, cancellationToken).ConfigureAwait(false);

        // A default network that was changed to have subnets by hand may have none in this region.
        if (found is { AutoCreateSubnetworks: true } || found?.Subnetworks?.Exists(subnet => subnet.Contains($"/regions/{region}/", StringComparison.Ordinal)) == true)
        {
            return (Address, null);
        }

        var made = await networks.EnsureAsync(OwnName, OwnRange, region, tags, cancellationToken).ConfigureAwait(false);
        return (made.Id, made.SubnetIds[""]);
    }

    /// <summary>The network of a subnet that was asked for.</summary>
    public async Task<(string Network, string? Subnetwork)> FindAsync(string subnetId, string region, CancellationToken cancellationToken)
    {
        var path = PathOf(subnetId, region) ?? throw Missing(subnetId);
        var subnet = await client.TryGetAsync(path, GceJson.Default.GceSubnetwork, GceSubject.Other, cancellationToken).ConfigureAwait(false) ?? throw Missing(subnetId);
        return ($"global/networks/{GceNames.Last(subnet.Network!)}", path);
    }

    /// <summary>A whole address, one from the region on, or a name.</summary>
    private static string? PathOf(string subnetId, string region) => subnetId.Split('/') switch
    {
        [var name] when GceNames.IsName(name) => $"regions/{region}/subnetworks/{name}",
        [.., "regions", var place, "subnetworks", var name] when GceNames.IsName(place) && GceNames.IsName(name) => $"regions/{place}/subnetworks/{name}",
        _ => null,
    };

    private static CloudException Missing(string subnetId) => new(CloudErrorCode.NotFound, $"There is no subnet '{subnetId}'.") { Resource = subnetId };
}
