namespace SkyCompat.Alibaba;

/// <summary>Finds and makes networks and their vSwitches. None waits: what is not ready yet is an error that passes.</summary>
internal sealed class VpcNetworks(EcsContext context)
{
    /// <summary>The name of the network that instances are in where none is asked for.</summary>
    public const string DefaultName = "skycompat";

    private const string DefaultRange = "10.64.0.0/16";
    private const string Available = "Available";

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    private readonly PendingTokens _tokens = new();

    /// <summary>Makes sure that the default network is there.</summary>
    public Task<VpcNetwork> EnsureDefaultAsync(string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        EnsureAsync(DefaultName, DefaultRange, region, tags, cancellationToken);

    /// <summary>Makes sure that the default network has a subnet in a zone.</summary>
    public async Task<string> EnsureDefaultSubnetAsync(string region, string zone, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var network = await EnsureDefaultAsync(region, tags, cancellationToken).ConfigureAwait(false);
        var subnets = await ListSubnetsAsync(region, network.VpcId, cancellationToken).ConfigureAwait(false);
        return await EnsureSubnetAsync(network, subnets, region, zone, tags, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes sure that a network is there, whatever its range if it was there before.</summary>
    public async Task<VpcNetwork> EnsureAsync(string name, string range, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        if (await TryFindAsync(name, region, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            var call = RpcCall.Vpc("CreateVpc", region).WithRegion().With("VpcName", name).With("CidrBlock", range).WithTags(tags);
            await _tokens.UseAsync($"{region}/{name}", token => context.Rpc.SendAsync(call.With("ClientToken", token), ComputeJson.Default.VpcCreateReply, cancellationToken)).ConfigureAwait(false);
            throw Transients.NotReady($"Network '{name}'", Settling);
        }

        return found.Status == Available ? found : throw Transients.NotReady($"Network '{name}'", Settling);
    }

    /// <summary>Finds a network by its name: of several the oldest, so that processes that made one each at the same time agree.</summary>
    public async Task<VpcNetwork?> TryFindAsync(string name, string region, CancellationToken cancellationToken)
    {
        var call = RpcCall.Vpc("DescribeVpcs", region).WithRegion().With("VpcName", name).With("PageSize", NumberedPage.Size);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.VpcNetworkReply, cancellationToken).ConfigureAwait(false);
        return (reply.Vpcs?.Vpc ?? []).Where(network => network.VpcName == name)
            .OrderBy(network => network.CreationTime, StringComparer.Ordinal).ThenBy(network => network.VpcId, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>The subnets of a network. More than a page of them has no network that this library makes.</summary>
    public async Task<List<VpcSwitch>> ListSubnetsAsync(string region, string networkId, CancellationToken cancellationToken)
    {
        var call = RpcCall.Vpc("DescribeVSwitches", region).WithRegion().With("VpcId", networkId).With("PageSize", NumberedPage.Size);
        return (await context.Rpc.SendAsync(call, ComputeJson.Default.VpcSwitchReply, cancellationToken).ConfigureAwait(false)).VSwitches?.VSwitch ?? [];
    }

    /// <summary>The network that a subnet is in.</summary>
    public async Task<string> NetworkOfAsync(string subnetId, string region, CancellationToken cancellationToken)
    {
        var call = RpcCall.Vpc("DescribeVSwitches", region).WithRegion().With("VSwitchId", subnetId).With("PageSize", NumberedPage.Size);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.VpcSwitchReply, cancellationToken).ConfigureAwait(false);
        return reply.VSwitches?.VSwitch is [{ VpcId: { } network }, ..] ? network
            : throw new CloudException(CloudErrorCode.NotFound, $"There is no vSwitch '{subnetId}' in {region}.") { Resource = subnetId };
    }

    /// <summary>Makes sure that a network has a subnet in a zone.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> EnsureSubnetAsync(
        VpcNetwork network, IReadOnlyCollection<VpcSwitch> subnets, string region, string zone, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        if (subnets.Where(subnet => subnet.ZoneId == zone).MinBy(subnet => subnet.VSwitchId, StringComparer.Ordinal) is { } found)
        {
            return found.Status == Available ? found.VSwitchId : throw Transients.NotReady($"Subnet '{found.VSwitchId}'", Settling);
        }

        var taken = subnets.Select(subnet => Ipv4Range.TryParse(subnet.CidrBlock)).OfType<Ipv4Range>().ToList();
        var part = Ipv4Range.TryParse(network.CidrBlock)?.FindPart(zone, taken)
            ?? throw new CloudException(CloudErrorCode.QuotaExceeded, $"Network '{network.VpcName}' ({network.CidrBlock}) has no addresses left for a subnet in {zone}.") { Scope = ErrorScope.Zone };
        var call = RpcCall.Vpc("CreateVSwitch", region).WithRegion().With("VpcId", network.VpcId).With("ZoneId", zone).With("CidrBlock", part.ToString()).With("VSwitchName", network.VpcName).WithTags(tags);
        await _tokens.UseAsync($"{network.VpcId}/{zone}", token => context.Rpc.SendAsync(call.With("ClientToken", token), ComputeJson.Default.VpcCreateSwitchReply, cancellationToken)).ConfigureAwait(false);
        throw Transients.NotReady($"The subnet in {zone}", Settling);
    }
}
