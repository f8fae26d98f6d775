namespace SkyCompat.ObjectStorage;

/// <summary>Versions over a driver.</summary>
internal sealed class BucketVersions(BucketContext bucket) : IBucketVersions
{
    private static readonly ListVersionsOptions DefaultList = new();

    public Task<VersioningState> GetVersioningAsync(CancellationToken cancellationToken = default) => bucket.Calls.TraceAsync(
        "GetBucketVersioning",
        bucket.Name,
        null,
        bucket,
        static async (b, token) =>
        {
            await CheckAsync(b, token).ConfigureAwait(false);
            return await b.SendAsync("GetBucketVersioning", null, b.Driver, static (driver, attempt) => driver.GetVersioningAsync(attempt.Token), token).ConfigureAwait(false);
        },
        cancellationToken);

    public Task SetVersioningAsync(VersioningState state, CancellationToken cancellationToken = default) => bucket.Calls.TraceAsync(
        "SetBucketVersioning",
        bucket.Name,
        null,
        (bucket, state),
        static async (s, token) =>
        {
            if (s.state is not (VersioningState.Enabled or VersioningState.Suspended))
            {
                throw new CloudException(CloudErrorCode.InvalidArgument, "Versioning can be enabled or suspended, and never goes back to disabled.");
            }

            await CheckAsync(s.bucket, token).ConfigureAwait(false);
            return await s.bucket.SendAsync(
                "SetBucketVersioning",
                null,
                s,
                static async (c, attempt) =>
                {
                    await c.bucket.Driver.SetVersioningAsync(c.state, attempt.Token).ConfigureAwait(false);
                    return true;
                },
                token).ConfigureAwait(false);
        },
        cancellationToken);

    public Task<VersionPage> ListVersionsPageAsync(ListVersionsOptions? options = null, CancellationToken cancellationToken = default) => bucket.Calls.TraceAsync(
        "ListObjectVersions",
        bucket.Name,
        null,
        (bucket, options: options ?? DefaultList),
        static async (s, token) =>
        {
            var capabilities = await CheckAsync(s.bucket, token).ConfigureAwait(false);
            KeyRules.CheckListText(s.options.Prefix);
            var options = s.options with { PageSize = Bucket.PageSize(s.options.PageSize, capabilities) };
            return await s.bucket.SendAsync(
                "ListObjectVersions", null, (s.bucket.Driver, options), static (c, attempt) => c.Driver.ListVersionsPageAsync(c.options, attempt.Token), token).ConfigureAwait(false);
        },
        cancellationToken);

    private static async Task<BucketCapabilities> CheckAsync(BucketContext bucket, CancellationToken cancellationToken)
    {
        var capabilities = await bucket.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        bucket.Require(capabilities, BucketFeatures.Versions, "keep versions");
        return capabilities;
    }
}
