namespace SkyCompat.ObjectStorage;

/// <summary>Storage tiers over a driver.</summary>
internal sealed class ObjectTiers(BucketContext bucket) : IObjectTiers
{
    public Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return bucket.Calls.TraceAsync(
            "SetObjectTier",
            bucket.Name,
            key,
            (bucket, key, tier),
            static async (s, token) =>
            {
                var capabilities = await s.bucket.GetCapabilitiesAsync(token).ConfigureAwait(false);
                s.bucket.Require(capabilities, BucketFeatures.Tiers, "hold storage tiers");
                KeyRules.CheckExisting(s.key, capabilities);
                return await s.bucket.SendAsync(
                    "SetObjectTier",
                    s.key,
                    s,
                    static async (c, attempt) =>
                    {
                        await c.bucket.Driver.SetTierAsync(c.key, c.tier, attempt.Token).ConfigureAwait(false);
                        return true;
                    },
                    token).ConfigureAwait(false);
            },
            cancellationToken);
    }
}
