using System.Globalization;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Internal;

/// <summary>A way to write an object. What must hold of writes must hold on each: options that are lost on one path only are the classic defect.</summary>
internal sealed record WritePath(string Name, Func<IBucket, string, ObjectBody, PutOptions, CancellationToken, Task<PutResult>> Send)
{
    /// <summary>What the path needs at all.</summary>
    public BucketFeatures Requires { get; init; }

    /// <summary>What it needs to demand that the key is free.</summary>
    public BucketFeatures IfAbsent { get; init; }

    /// <summary>What it needs to demand a tag.</summary>
    public BucketFeatures IfMatch { get; init; }

    /// <summary>Whether the body is too large for one request.</summary>
    public bool IsLarge { get; init; }

    /// <summary>The size of parts to ask for; null for the default. A body of unknown length is sent in parts as soon as it is larger than one, which spares the store large bodies.</summary>
    public int? PartBytes { get; init; }

    /// <summary>What stands in for <see cref="IfAbsent"/> where that is lacking; none if nothing does.</summary>
    public BucketFeatures InsteadOfIfAbsent { get; init; }

    /// <summary>What stands in for <see cref="IfMatch"/> where that is lacking; none if nothing does.</summary>
    public BucketFeatures InsteadOfIfMatch { get; init; }

    /// <summary>Whether the length is unknown at first, so that it shows late which request will be sent.</summary>
    public bool IsUndecided { get; init; }

    public static WritePath Put { get; } = new("put", (bucket, key, body, options, token) => bucket.PutAsync(key, body, options, token))
    {
        IfAbsent = BucketFeatures.PutIfAbsent,
        IfMatch = BucketFeatures.PutIfMatch,
    };

    public static WritePath PutLarge { get; } = Put with
    {
        Name = "put-large",
        IsLarge = true,
        IfAbsent = BucketFeatures.MultipartIfAbsent,
        IfMatch = BucketFeatures.MultipartIfMatch,
    };

    public static WritePath Stream { get; } = new("stream", StreamAsync)
    {
        IsUndecided = true,
        IfAbsent = BucketFeatures.PutIfAbsent | BucketFeatures.MultipartIfAbsent,
        IfMatch = BucketFeatures.PutIfMatch | BucketFeatures.MultipartIfMatch,
    };

    public static WritePath StreamLarge { get; } = Stream with
    {
        Name = "stream-large",
        IsLarge = true,
        PartBytes = 5 << 20,
        IsUndecided = false,
        IfAbsent = BucketFeatures.MultipartIfAbsent,
        IfMatch = BucketFeatures.MultipartIfMatch,
    };

    public static WritePath Writer { get; } = Stream with { Name = "writer", Send = WriterAsync };

    public static WritePath WriterLarge { get; } = StreamLarge with { Name = "writer-large", Send = WriterAsync };

    public static WritePath Multipart { get; } = new("multipart", MultipartAsync)
    {
        Requires = BucketFeatures.Multipart,
        IfAbsent = BucketFeatures.MultipartIfAbsent,
        IfMatch = BucketFeatures.MultipartIfMatch,
    };

    public static WritePath Copy { get; } = new("copy", (bucket, key, body, options, token) => CopyAsync(bucket, bucket, key, body, options, token))
    {
        IfAbsent = BucketFeatures.CopyIfAbsent,
        IfMatch = BucketFeatures.CopyIfMatch,
        InsteadOfIfAbsent = BucketFeatures.PartCopy | BucketFeatures.MultipartIfAbsent,
        InsteadOfIfMatch = BucketFeatures.PartCopy | BucketFeatures.MultipartIfMatch,
    };

    /// <summary>A copy whose bytes pass through this process.</summary>
    public static WritePath CopyThrough { get; } = new("copy-through", (bucket, key, body, options, token) => CopyAsync(bucket, new OpaqueBucket(bucket), key, body, options, token))
    {
        IsUndecided = true,
        IfAbsent = BucketFeatures.PutIfAbsent,
        IfMatch = BucketFeatures.PutIfMatch,
    };

    public static IReadOnlyList<WritePath> All { get; } = [Put, PutLarge, Stream, StreamLarge, Writer, WriterLarge, Multipart, Copy, CopyThrough];

    /// <summary>Bytes of the right size for the path.</summary>
    public byte[] Bytes(ConformanceContext context, int seed = 1) => IsLarge
        ? context.LargeBytes(PartBytes is { } part ? Math.Max(part, context.Capabilities.MinPartBytes) + 7 : context.Scale.LargeBytes, seed)
        : ConformanceContext.Bytes(1_000 + seed, seed);

    /// <summary>Writes in this way.</summary>
    public Task<PutResult> WriteAsync(ConformanceContext context, string key, ReadOnlyMemory<byte> bytes, PutOptions? options, CancellationToken cancellationToken) =>
        WriteAsync(context.Bucket, key, bytes, options, cancellationToken);

    /// <summary>Writes in this way to a bucket.</summary>
    public Task<PutResult> WriteAsync(IBucket bucket, string key, ReadOnlyMemory<byte> bytes, PutOptions? options, CancellationToken cancellationToken) =>
        Send(bucket, key, bytes, (options ?? new PutOptions()) with { PartSizeBytes = options?.PartSizeBytes ?? PartBytes }, cancellationToken);

    private static Task<PutResult> StreamAsync(IBucket bucket, string key, ObjectBody body, PutOptions options, CancellationToken cancellationToken) =>
        bucket.PutAsync(key, new UnseekableStream(BytesOf(body)), options, cancellationToken);

    private static async Task<PutResult> WriterAsync(IBucket bucket, string key, ObjectBody body, PutOptions options, CancellationToken cancellationToken)
    {
        await using var writer = bucket.OpenWrite(key, options);
        ReadOnlyMemory<byte> rest = BytesOf(body);
        while (!rest.IsEmpty)
        {
            var piece = rest[..Math.Min(1_000_003, rest.Length)];
            await writer.WriteAsync(piece, cancellationToken);
            rest = rest[piece.Length..];
        }

        return await writer.CommitAsync(cancellationToken);
    }

    private static async Task<PutResult> MultipartAsync(IBucket bucket, string key, ObjectBody body, PutOptions options, CancellationToken cancellationToken)
    {
        var uploads = bucket.GetRequiredService<IMultipartUploads>();
        var upload = await uploads.CreateAsync(key, options, cancellationToken);
        try
        {
            var part = await uploads.PutPartAsync(upload, 1, body, cancellationToken);
            return await uploads.CompleteAsync(upload, [part], options, cancellationToken);
        }
        catch (CloudException)
        {
            await uploads.AbortAsync(upload, CancellationToken.None);
            throw;
        }
    }

    private static async Task<PutResult> CopyAsync(IBucket bucket, IBucket source, string key, ObjectBody body, PutOptions options, CancellationToken cancellationToken)
    {
        // Bodies of one case differ in length, so racing writers have sources of their own.
        var sourceKey = string.Create(CultureInfo.InvariantCulture, $"{key}.source-{body.Length}");
        await bucket.PutAsync(sourceKey, body, null, cancellationToken);
        var attributes = new ObjectAttributes
        {
            Headers = options.Headers,
            Metadata = options.Metadata,
            Tags = options.Tags.Count == 0 ? null : options.Tags,
        };
        return await bucket.CopyAsync(
            new ObjectReference(source, sourceKey), key, new CopyOptions { Attributes = attributes, Condition = options.Condition, Tier = options.Tier, Progress = options.Progress }, cancellationToken);
    }

    private static byte[] BytesOf(ObjectBody body)
    {
        Expect.True(body.TryGetBytes(out var bytes));
        return System.Buffers.BuffersExtensions.ToArray(bytes);
    }
}
