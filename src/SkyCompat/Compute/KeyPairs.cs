namespace SkyCompat.Compute;

/// <summary>Key pairs, by the engine.</summary>
internal sealed class KeyPairs(ComputeCalls calls, string owner) : IKeyPairs
{
    public Task<KeyPair> ImportAsync(string name, string publicKey, string? region = null, CancellationToken cancellationToken = default)
    {
        ComputeChecks.CheckGroupName(name, nameof(name));
        ComputeChecks.CheckPublicKey(publicKey, nameof(publicKey));
        return calls.TraceAsync(
            "ImportKeyPair",
            name,
            traced => calls.SendAsync("ImportKeyPair", name, (driver, token) => driver.KeyPairs!.ImportAsync(name, publicKey, region ?? driver.Region, OwnedTags.Shared(owner), token), traced),
            cancellationToken);
    }

    public IAsyncEnumerable<KeyPair> ListAsync(string? region = null, CancellationToken cancellationToken = default) =>
        calls.ListAsync("ListKeyPairs", region, (driver, page, token) => driver.KeyPairs!.ListPageAsync(region ?? driver.Region, page, token), cancellationToken);

    public Task DeleteAsync(string name, string? region = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return calls.TraceAsync(
            "DeleteKeyPair", name, traced => calls.SendAsync("DeleteKeyPair", name, (driver, token) => driver.KeyPairs!.DeleteAsync(name, region ?? driver.Region, token), traced), cancellationToken);
    }
}
