using System.Runtime.CompilerServices;

namespace SkyCompat.Cli.Commands;

/// <summary>Deletes everything that keeps a bucket from being deleted.</summary>
internal static class BucketEmptier
{
    public static async Task<long> EmptyAsync(IBucket bucket, CancellationToken cancellationToken)
    {
        long deleted = 0;
        await foreach (var result in bucket.DeleteManyAsync(KeysAsync(bucket, "", cancellationToken), cancellationToken))
        {
            deleted += result.Error is null ? 1 : throw result.Error;
        }

        var capabilities = await bucket.GetCapabilitiesAsync(cancellationToken);
        if (capabilities.Supports(BucketFeatures.Versions) && bucket.GetService<IBucketVersions>() is { } versions)
        {
            await DeleteVersionsAsync(bucket, versions, cancellationToken);
        }

        if (capabilities.Supports(BucketFeatures.Multipart) && bucket.GetService<IMultipartUploads>() is { } uploads)
        {
            await foreach (var upload in uploads.ListUploadsAsync(null, cancellationToken))
            {
                await uploads.AbortAsync(upload, cancellationToken);
            }
        }

        return deleted;
    }

    /// <summary>The keys under a prefix, as the list brings them.</summary>
    public static async IAsyncEnumerable<string> KeysAsync(IBucket bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in bucket.ListAsync(new ListOptions { Prefix = prefix }, cancellationToken))
        {
            yield return entry.Key;
        }
    }

    private static async Task DeleteVersionsAsync(IBucket bucket, IBucketVersions versions, CancellationToken cancellationToken)
    {
        if (await versions.GetVersioningAsync(cancellationToken) is VersioningState.Disabled)
        {
            return;
        }

        var options = new ListVersionsOptions();
        while (true)
        {
            var page = await versions.ListVersionsPageAsync(options, cancellationToken);
            await Parallel.ForEachAsync(page.Entries, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (entry, token) =>
                await bucket.DeleteAsync(entry.Key, new DeleteOptions { VersionId = entry.VersionId }, token));
            if (page.ContinuationToken is null)
            {
                return;
            }

            options = options with { ContinuationToken = page.ContinuationToken };
        }
    }
}
