using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Networks. Those of Compute Engine are in all regions; here each region gets its own, as on other clouds, so that one range can be used in each.</summary>
internal sealed class GceNetworks(GceClient client, GceOperations operations) : NetworkDriver
{
    /// <summary>What a prepared launch calls its network.</summary>
    public const string NetworkKey = "network";

    /// <summary>What a prepared launch calls its subnet.</summary>
    public const string SubnetworkKey = "subnetwork";

    public override async Task<MachineNetwork> EnsureAsync(string name, string addressRange, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        GceNames.DemandRegion(region);
        var own = OwnName(name, region);
        var mark = GceMarks.Write(name, region, tags);
        if (await client.TryGetAsync($"global/networks/{own}", GceJson.Default.GceNetwork, GceSubject.Other, cancellationToken).ConfigureAwait(false) is not { } network)
        {
            await MakeAsync("global/networks", new GceNetwork { Name = own, Description = mark, AutoCreateSubnetworks = false }, GceJson.Default.GceNetwork, own, cancellationToken).ConfigureAwait(false);
        }
        else if (GceMarks.TryRead(network.Description) is null)
        {
            throw new CloudException(CloudErrorCode.AlreadyExists, $"A network '{own}' exists that this library did not make; choose another name.");
        }

        var path = $"regions/{region}/subnetworks/{own}";
        var subnet = await client.TryGetAsync(path, GceJson.Default.GceSubnetwork, GceSubject.Other, cancellationToken).ConfigureAwait(false);
        if (subnet is null)
        {
            subnet = new GceSubnetwork { Name = own, Description = mark, Network = $"global/networks/{own}", IpCidrRange = addressRange };
            await MakeAsync($"regions/{region}/subnetworks", subnet, GceJson.Default.GceSubnetwork, own, cancellationToken).ConfigureAwait(false);
        }
        else if (subnet.IpCidrRange != addressRange)
        {
            throw new CloudException(CloudErrorCode.AlreadyExists, $"The network '{name}' has the range {subnet.IpCidrRange}, not {addressRange}; choose another name.");
        }

        return Describe(name, region, own, addressRange, tags);
    }

    public override async Task<DriverPage<MachineNetwork>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        GceNames.DemandRegion(region);
        var page = await client.GetAsync("global/networks" + GceFilters.Page(GceMarks.Filter, pageToken), GceJson.Default.NetworkList, GceSubject.Other, cancellationToken).ConfigureAwait(false);
        var found = new List<MachineNetwork>();
        foreach (var network in page.Items ?? [])
        {
            if (GceMarks.TryRead(network.Description) is not { } marks || marks.GetValueOrDefault(GceMarks.Region) != region || marks.GetValueOrDefault(GceMarks.Name) is not { } name)
            {
                continue;
            }

            var subnet = await client.TryGetAsync($"regions/{region}/subnetworks/{network.Name}", GceJson.Default.GceSubnetwork, GceSubject.Other, cancellationToken).ConfigureAwait(false);
            found.Add(Describe(name, region, network.Name!, subnet?.IpCidrRange, GceMarks.TagsOf(marks)));
        }

        return new DriverPage<MachineNetwork>(found, string.IsNullOrEmpty(page.NextPageToken) ? null : page.NextPageToken);
    }

    public override async Task DeleteAsync(string name, string region, CancellationToken cancellationToken)
    {
        GceNames.DemandRegion(region);
        var own = OwnName(name, region);
        await RemoveAsync($"regions/{region}/subnetworks/{own}", cancellationToken).ConfigureAwait(false);
        await RemoveAsync($"global/networks/{own}", cancellationToken).ConfigureAwait(false);
    }

    private static string OwnName(string name, string region) => GceNames.WithSuffix(name, "-" + region);

    private MachineNetwork Describe(string name, string region, string own, string? range, IReadOnlyDictionary<string, string> tags) => new($"global/networks/{own}", name)
    {
        Region = region,
        AddressRange = range,
        SubnetIds = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = $"projects/{client.Context.ProjectId}/regions/{region}/subnetworks/{own}" },
        Tags = tags,
    };

    private async Task MakeAsync<T>(string collection, T body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, string own, CancellationToken cancellationToken)
    {
        GceOperation operation;
        try
        {
            operation = await client.PostAsync(collection, body, type, GceSubject.Other, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists)
        {
            // Somebody makes it at the same time, or an earlier attempt did; whether it is ready shows at its first use.
            return;
        }

        try
        {
            await operations.DemandAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists)
        {
            // As above.
        }
    }

    private async Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        if (await client.TryDeleteAsync(path, GceSubject.Other, cancellationToken).ConfigureAwait(false) is { } operation)
        {
            await operations.DemandAsync(operation, cancellationToken).ConfigureAwait(false);
        }
    }
}
