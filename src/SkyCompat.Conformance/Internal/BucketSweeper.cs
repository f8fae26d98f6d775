using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Internal;

/// <summary>Empties and deletes the buckets of a run.</summary>
internal static class BucketSweeper
{
    public static async Task RemoveAsync(IObjectStorage storage, IBucket bucket, bool keepBucket)
    {
        try
        {
            if (!await storage.BucketExistsAsync(bucket.Name))
            {
                return;
            }

            var capabilities = await bucket.GetCapabilitiesAsync();
            await AbortUploadsAsync(bucket, capabilities);
            await DeleteVersionsAsync(bucket, capabilities);
            await foreach (var unused in bucket.DeleteManyAsync(KeysAsync(bucket)))
            {
                _ = unused;
            }

            if (!keepBucket)
            {
                await storage.DeleteBucketAsync(bucket.Name);
            }
        }
        catch (CloudException)
        {
            // A store that cannot even be emptied has failed cases already; what is left shows by its name "sky-…".
        }
    }

    private static async Task AbortUploadsAsync(IBucket bucket, BucketCapabilities capabilities)
    {
        if (!capabilities.Supports(BucketFeatures.Multipart) || bucket.GetService<IMultipartUploads>() is not { } uploads)
        {
            return;
        }

        await foreach (var upload in uploads.ListUploadsAsync())
        {
            await uploads.AbortAsync(upload);
        }
    }

    private static async Task DeleteVersionsAsync(IBucket bucket, BucketCapabilities capabilities)
    {
        if (!capabilities.Supports(BucketFeatures.Versions) || bucket.GetService<IBucketVersions>() is not { } versions
            || await versions.GetVersioningAsync() == VersioningState.Disabled)
        {
            return;
        }

        var options = new ListVersionsOptions();
        while (true)
        {
            var page = await versions.ListVersionsPageAsync(options);
            foreach (var entry in page.Entries)
            {
                await bucket.DeleteAsync(entry.Key, new DeleteOptions { VersionId = entry.VersionId });
            }

            if (page.ContinuationToken is null)
            {
                return;
            }

            options = options with { ContinuationToken = page.ContinuationToken };
        }
    }

    private static async IAsyncEnumerable<string> KeysAsync(IBucket bucket)
    {
        await foreach (var entry in bucket.ListAsync())
        {
            yield return entry.Key;
        }
    }
}
