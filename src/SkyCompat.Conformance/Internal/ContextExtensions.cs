using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Internal;

/// <summary>What several suites expect of a run's keys.</summary>
internal static class ContextExtensions
{
    /// <summary>After a write that failed: the key holds what it held, and no unfinished upload is left.</summary>
    public static async Task ExpectUntouchedAsync(this ConformanceContext context, string key, byte[] old, CancellationToken cancellationToken)
    {
        await context.ExpectBytesAsync(key, old, "what was there", cancellationToken);
        if (context.Capabilities.Supports(BucketFeatures.Multipart))
        {
            var left = await context.Service<IMultipartUploads>().ListUploadsAsync(context.Prefix, cancellationToken).CountAsync(cancellationToken);
            Expect.Equal(0, left, "the number of unfinished uploads left");
        }
    }

    public static async Task ExpectBytesAsync(this ConformanceContext context, string key, byte[] bytes, string what, CancellationToken cancellationToken) =>
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(key, null, cancellationToken), what);

    public static async Task ExpectAbsentAsync(this ConformanceContext context, string key, CancellationToken cancellationToken)
    {
        if (await context.Bucket.ExistsAsync(key, cancellationToken))
        {
            throw new ConformanceException($"Expected that nothing was written, but '{key}' exists.");
        }
    }

    /// <summary>Keys of the run.</summary>
    public static string[] Keys(this ConformanceContext context, params IEnumerable<string> names) => [.. names.Select(context.Key)];

    /// <summary>The keys under the run's prefix, in the order of the list.</summary>
    public static async Task<List<string>> ListKeysAsync(this ConformanceContext context, CancellationToken cancellationToken) =>
        await context.Bucket.ListAsync(new ListOptions { Prefix = context.Prefix }, cancellationToken).Select(entry => entry.Key).ToListAsync(cancellationToken);
}
