using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Static external addresses of a region. An id is <c>region/name</c>.</summary>
internal sealed class GceAddresses(GceClient client, GceOperations operations, GceInstances instances) : AddressDriver
{
    private const string Nat = "External NAT";

    /// <summary>The way from outside to an interface, with a given address or any.</summary>
    public static GceAccess Access(string? address) => new() { Name = Nat, Type = "ONE_TO_ONE_NAT", NatIp = address };

    public override async Task<PublicAddress> ReserveAsync(string name, string region, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        GceNames.DemandRegion(region);
        var body = new GceAddress { Name = name, AddressType = "EXTERNAL", Labels = new Dictionary<string, string>(tags, StringComparer.Ordinal) };
        try
        {
            var operation = await client.PostAsync($"regions/{region}/addresses?requestId={GceNames.RequestId(clientToken, region)}", body, GceJson.Default.GceAddress, GceSubject.Other, cancellationToken).ConfigureAwait(false);
            await operations.DemandAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists)
        {
            if (await TryReadAsync(region, name, cancellationToken).ConfigureAwait(false) is not { } there || !GceDisks.IsOurs(there.Labels, tags))
            {
                throw;
            }
        }

        return await TryGetAsync(GceNames.Id(region, name), cancellationToken).ConfigureAwait(false)
            ?? new PublicAddress(GceNames.Id(region, name), "", new CloudLocation(region)) { Name = name, Tags = tags };
    }

    public override async Task<PublicAddress?> TryGetAsync(string id, CancellationToken cancellationToken) =>
        GceNames.TryParse(id, out var region, out var name) && await TryReadAsync(region, name, cancellationToken).ConfigureAwait(false) is { } found ? Map(found, region) : null;

    public override async Task<DriverPage<PublicAddress>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        GceNames.DemandRegion(region);
        var page = await client.GetAsync($"regions/{region}/addresses" + GceFilters.Page(GceFilters.Owned, pageToken), GceJson.Default.AddressList, GceSubject.Place, cancellationToken).ConfigureAwait(false);
        return new DriverPage<PublicAddress>([.. (page.Items ?? []).Select(address => Map(address, region))], string.IsNullOrEmpty(page.NextPageToken) ? null : page.NextPageToken);
    }

    public override async Task AttachAsync(string id, string instanceId, CancellationToken cancellationToken)
    {
        var address = await TryGetAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new CloudException(CloudErrorCode.NotFound, "The address does not exist.") { Resource = id };
        if (address.AttachedTo == instanceId)
        {
            return;
        }

        if (address.AttachedTo is { } other)
        {
            throw new CloudException(CloudErrorCode.Conflict, $"The address leads to '{other}': detach it there first.") { Resource = id };
        }

        var (path, face) = await FindInterfaceAsync(instanceId, cancellationToken).ConfigureAwait(false);

        // An interface has one way from outside; the address that it has for its life makes room.
        foreach (var access in face.AccessConfigs ?? [])
        {
            await RemoveAsync(path, face, access, cancellationToken).ConfigureAwait(false);
        }

        var operation = await client.PostAsync($"{path}/addAccessConfig?networkInterface={face.Name}", Access(address.Address), GceJson.Default.GceAccess, GceSubject.Instance, cancellationToken).ConfigureAwait(false);
        await operations.FinishAsync(operation, cancellationToken).ConfigureAwait(false);
    }

    public override async Task DetachAsync(string id, string instanceId, CancellationToken cancellationToken)
    {
        var address = await TryGetAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new CloudException(CloudErrorCode.NotFound, "The address does not exist.") { Resource = id };
        var (path, face) = await FindInterfaceAsync(instanceId, cancellationToken).ConfigureAwait(false);
        foreach (var access in face.AccessConfigs?.FindAll(access => access.NatIp == address.Address) ?? [])
        {
            await RemoveAsync(path, face, access, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task ReleaseAsync(string id, CancellationToken cancellationToken)
    {
        if (GceNames.TryParse(id, out var region, out var name) && await client.TryDeleteAsync($"regions/{region}/addresses/{name}", GceSubject.Other, cancellationToken).ConfigureAwait(false) is { } operation)
        {
            await operations.DemandAsync(operation, cancellationToken).ConfigureAwait(false);
        }
    }

    private static PublicAddress Map(GceAddress address, string region) => new(GceNames.Id(region, address.Name!), address.Address ?? "", new CloudLocation(region))
    {
        Name = address.Name,
        AttachedTo = (address.Users ?? []).Select(user => GceNames.TryIdOf(user, "instances")).FirstOrDefault(user => user is not null),
        Tags = address.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal),
    };

    private Task<GceAddress?> TryReadAsync(string region, string name, CancellationToken cancellationToken) =>
        client.TryGetAsync($"regions/{region}/addresses/{name}", GceJson.Default.GceAddress, GceSubject.Other, cancellationToken);

    private async Task<(string Path, GceInterface Face)> FindInterfaceAsync(string instanceId, CancellationToken cancellationToken) =>
        GceNames.TryParse(instanceId, out var zone, out var name) && await instances.TryReadAsync(zone, name, cancellationToken).ConfigureAwait(false) is { NetworkInterfaces: [var face, ..] }
            ? ($"zones/{zone}/instances/{name}", face)
            : throw new CloudException(CloudErrorCode.NotFound, "The instance does not exist.") { Reason = ComputeErrorReasons.InstanceNotFound, Resource = instanceId };

    private async Task RemoveAsync(string path, GceInterface face, GceAccess access, CancellationToken cancellationToken)
    {
        var operation = await client.PostAsync(
            $"{path}/deleteAccessConfig?accessConfig={Uri.EscapeDataString(access.Name ?? Nat)}&networkInterface={face.Name}", GceSubject.Instance, cancellationToken).ConfigureAwait(false);
        await operations.DemandAsync(operation, cancellationToken).ConfigureAwait(false);
    }
}
