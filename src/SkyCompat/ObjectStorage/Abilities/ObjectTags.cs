namespace SkyCompat.ObjectStorage;

/// <summary>Tags over a driver.</summary>
internal sealed class ObjectTags(BucketContext bucket) : IObjectTags
{
    public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return bucket.Calls.TraceAsync(
            "GetObjectTags",
            bucket.Name,
            key,
            (bucket, key),
            static async (s, token) =>
            {
                await CheckAsync(s.bucket, s.key, token).ConfigureAwait(false);
                return await s.bucket.SendAsync("GetObjectTags", s.key, s, static (c, attempt) => c.bucket.Driver.GetTagsAsync(c.key, attempt.Token), token).ConfigureAwait(false);
            },
            cancellationToken);
    }

    public Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(tags);
        return bucket.Calls.TraceAsync(
            "SetObjectTags",
            bucket.Name,
            key,
            (bucket, key, tags),
            static async (s, token) =>
            {
                var capabilities = await CheckAsync(s.bucket, s.key, token).ConfigureAwait(false);
                AttributeRules.CheckTags(s.tags, capabilities);
                return await s.bucket.SendAsync(
                    "SetObjectTags",
                    s.key,
                    s,
                    static async (c, attempt) =>
                    {
                        await c.bucket.Driver.SetTagsAsync(c.key, c.tags, attempt.Token).ConfigureAwait(false);
                        return true;
                    },
                    token).ConfigureAwait(false);
            },
            cancellationToken);
    }

    private static async Task<BucketCapabilities> CheckAsync(BucketContext bucket, string key, CancellationToken cancellationToken)
    {
        var capabilities = await bucket.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        bucket.Require(capabilities, BucketFeatures.Tags, "hold tags");
        KeyRules.CheckExisting(key, capabilities);
        return capabilities;
    }
}
