using System.Runtime.CompilerServices;

namespace SkyCompat.ObjectStorage;

/// <summary>Short forms for <see cref="IObjectStorage"/>. Their errors are those of the members they call.</summary>
public static class ObjectStorageExtensions
{
    /// <summary>Whether a bucket exists. One request.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="name">The bucket's name.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>True if it exists and these credentials may look at it.</returns>
    public static async Task<bool> BucketExistsAsync(this IObjectStorage storage, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(storage);
        return await storage.TryGetBucketInfoAsync(name, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>Lists the buckets of the account in ordinal order of name, fetching pages as they are needed.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="prefix">Only names that start with this text; null for all.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The buckets.</returns>
    public static async IAsyncEnumerable<BucketInfo> ListBucketsAsync(
        this IObjectStorage storage, string? prefix = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(storage);
        var options = new ListBucketsOptions { Prefix = prefix };
        while (true)
        {
            var page = await storage.ListBucketsPageAsync(options, cancellationToken).ConfigureAwait(false);
            foreach (var bucket in page.Buckets)
            {
                yield return bucket;
            }

            if (page.ContinuationToken is null)
            {
                yield break;
            }

            options = options with { ContinuationToken = page.ContinuationToken };
        }
    }
}
