namespace SkyCompat.Compute;

/// <summary>Networks, by the engine.</summary>
internal sealed class Networks(ComputeCalls calls, string owner) : INetworks
{
    public Task<MachineNetwork> EnsureAsync(string name, string addressRange, string? region = null, CancellationToken cancellationToken = default)
    {
        ComputeChecks.CheckGroupName(name, nameof(name));
        ComputeChecks.CheckRange(addressRange);
        return calls.TraceAsync(
            "EnsureNetwork",
            name,
            traced => calls.SendAsync("EnsureNetwork", name, (driver, token) => driver.Networks!.EnsureAsync(name, addressRange, region ?? driver.Region, OwnedTags.Shared(owner), token), traced),
            cancellationToken);
    }

    public IAsyncEnumerable<MachineNetwork> ListAsync(string? region = null, CancellationToken cancellationToken = default) =>
        calls.ListAsync("ListNetworks", region, (driver, page, token) => driver.Networks!.ListPageAsync(region ?? driver.Region, page, token), cancellationToken);

    public Task DeleteAsync(string name, string? region = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return calls.DeleteAsync(
            "DeleteNetwork",
            name,
            (driver, token) => driver.Networks!.DeleteAsync(name, region ?? driver.Region, token),
            (driver, page, token) => driver.Networks!.ListPageAsync(region ?? driver.Region, page, token),
            item => item.Name,
            cancellationToken);
    }
}
