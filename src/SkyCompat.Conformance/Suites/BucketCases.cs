using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Buckets: made, found, listed and deleted; and what a missing one does to everything else.</summary>
internal static class BucketCases
{
    public static ConformanceSuite Suite { get; } = new("Buckets",
    [
        new("buckets.probe.missing", [1], "Looking for a bucket that does not exist says no and throws nothing", ProbeMissing),
        new("buckets.probe.existing", [2], "Looking for a bucket that exists finds it", ProbeExisting),
        Administration("buckets.create.twice", [3], "Making a bucket again is harmless and loses no object", CreateTwice),
        Administration("buckets.delete.not-empty", [4], "Deleting a bucket that holds objects is refused", DeleteNotEmpty),
        Administration("buckets.delete.empty", [], "Deleting an empty bucket removes it", DeleteEmpty),
        Administration("buckets.delete.missing", [], "Deleting a bucket that does not exist succeeds", DeleteMissing),
        Administration("buckets.delete.unfinished-upload", [4], "A bucket with an unfinished upload is deleted, or refused as not empty", DeleteWithUpload, BucketFeatures.Multipart),
        Administration("buckets.list", [], "The list holds the bucket, obeys the prefix and is in ordinal order", List),
        new("buckets.open", [], "Opening a bucket sends no request: it succeeds for one that does not exist", Open),
        new("buckets.name.null", [], "A null name is an argument error", NullName),
        .. InvalidNames.Select(bad => new ConformanceCase($"buckets.name.{bad.Id}", [], "A name that no provider accepts is refused before any request", (c, t) => InvalidName(c, bad.Name, t))),
        .. MissingCalls.Select(call => new ConformanceCase($"buckets.missing.{call.Id}", [], "An operation in a bucket that does not exist says that the bucket is missing", (c, t) => InMissing(c, call.Run, t))
        {
            Requires = call.Requires,
        }),
        new("buckets.missing.delete-many", [122], "A bulk delete in a bucket that does not exist reports it for each key", DeleteManyInMissing),
        new("buckets.missing.writer", [], "A writer for a bucket that does not exist fails at the commit", WriterInMissing),
        new("buckets.missing.copy-source", [], "A copy out of a bucket that does not exist says that the bucket is missing", CopyOutOfMissing),
    ]);

    private static (string Id, string Name)[] InvalidNames =>
    [
        ("empty", ""),
        ("slash", "sky/bucket"),
        ("dots", ".."),
        ("too-long", new string('a', 300)),
    ];

    private static (string Id, BucketFeatures Requires, Func<IBucket, CancellationToken, Task> Run)[] MissingCalls =>
    [
        ("info", BucketFeatures.None, (bucket, token) => bucket.TryGetInfoAsync("key", null, token)),
        ("get", BucketFeatures.None, (bucket, token) => bucket.GetAsync("key", null, token)),
        ("put", BucketFeatures.None, (bucket, token) => bucket.PutAsync("key", ConformanceContext.Bytes(10), null, token)),
        ("list", BucketFeatures.None, (bucket, token) => bucket.ListPageAsync(null, token)),
        ("delete", BucketFeatures.None, (bucket, token) => bucket.DeleteAsync("key", null, token)),
        ("copy", BucketFeatures.None, (bucket, token) => bucket.CopyAsync("key", "copy", null, token)),
        ("multipart", BucketFeatures.Multipart, (bucket, token) => bucket.GetRequiredService<IMultipartUploads>().CreateAsync("key", null, token)),
        ("tags", BucketFeatures.Tags, (bucket, token) => bucket.GetRequiredService<IObjectTags>().GetTagsAsync("key", token)),
        ("versions", BucketFeatures.Versions, (bucket, token) => bucket.GetRequiredService<IBucketVersions>().GetVersioningAsync(token)),
    ];

    private static ConformanceCase Administration(
        string id, int[] numbers, string title, Func<ConformanceContext, CancellationToken, Task> body, BucketFeatures also = BucketFeatures.None) =>
        new(id, numbers, title, body) { Requires = BucketFeatures.BucketAdministration | also };

    private static async Task ProbeMissing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var name = context.Harness.NewBucketName();
        Expect.True(!await context.Storage.BucketExistsAsync(name, cancellationToken));
        Expect.Null(await context.Storage.TryGetBucketInfoAsync(name, cancellationToken), "TryGetBucketInfoAsync");
    }

    private static async Task ProbeExisting(ConformanceContext context, CancellationToken cancellationToken)
    {
        Expect.True(await context.Storage.BucketExistsAsync(context.Bucket.Name, cancellationToken));
        var info = Expect.NotNull(await context.Storage.TryGetBucketInfoAsync(context.Bucket.Name, cancellationToken), "TryGetBucketInfoAsync");
        Expect.Equal(context.Bucket.Name, info.Name);
        Expect.Equal(TimeSpan.Zero, info.CreatedAt?.Offset ?? TimeSpan.Zero, "CreatedAt is UTC: its offset");
    }

    private static async Task CreateTwice(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await context.Harness.NewBucketAsync(cancellationToken);
        var bytes = ConformanceContext.Bytes(100);
        await bucket.PutAsync("kept", bytes, null, cancellationToken);
        await context.Storage.CreateBucketAsync(bucket.Name, null, cancellationToken);
        Expect.Bytes(bytes, await bucket.GetBytesAsync("kept", null, cancellationToken), "the object after the second create");
    }

    private static async Task DeleteNotEmpty(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await context.Harness.NewBucketAsync(cancellationToken);
        var bytes = ConformanceContext.Bytes(100);
        await bucket.PutAsync("kept", bytes, null, cancellationToken);
        await Expect.FailsAsync(
            CloudErrorCode.Conflict, ObjectStorageErrorReasons.BucketNotEmpty, () => context.Storage.DeleteBucketAsync(bucket.Name, cancellationToken));
        Expect.Bytes(bytes, await bucket.GetBytesAsync("kept", null, cancellationToken), "the object after the refused delete");
    }

    private static async Task DeleteEmpty(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await context.Harness.NewBucketAsync(cancellationToken);
        await bucket.PutAsync("gone", ConformanceContext.Bytes(10), null, cancellationToken);
        await bucket.DeleteAsync("gone", null, cancellationToken);
        await context.Storage.DeleteBucketAsync(bucket.Name, cancellationToken);
        Expect.True(!await context.Storage.BucketExistsAsync(bucket.Name, cancellationToken));
    }

    private static Task DeleteMissing(ConformanceContext context, CancellationToken cancellationToken) =>
        context.Storage.DeleteBucketAsync(context.Harness.NewBucketName(), cancellationToken);

    private static async Task DeleteWithUpload(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await context.Harness.NewBucketAsync(cancellationToken);
        var uploads = context.Service<IMultipartUploads>(bucket);
        await uploads.CreateAsync("unfinished", null, cancellationToken);
        try
        {
            await context.Storage.DeleteBucketAsync(bucket.Name, cancellationToken);
        }
        catch (CloudException exception)
        {
            Expect.Equal((CloudErrorCode.Conflict, ObjectStorageErrorReasons.BucketNotEmpty), (exception.Code, exception.Reason), "the refusal");
            Expect.True(await context.Storage.BucketExistsAsync(bucket.Name, cancellationToken));
        }
    }

    private static async Task List(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await context.Harness.NewBucketAsync(cancellationToken);
        var prefix = bucket.Name[..^1];
        var names = new List<string>();
        await foreach (var info in context.Storage.ListBucketsAsync(prefix, cancellationToken))
        {
            names.Add(info.Name);
        }

        Expect.True(names.Contains(bucket.Name, StringComparer.Ordinal), "the list holds the new bucket");
        Expect.True(names.TrueForAll(name => name.StartsWith(prefix, StringComparison.Ordinal)), "the list holds only names with the prefix");
        Expect.Sequence(names.Order(StringComparer.Ordinal), names, "the order of the list");
    }

    private static Task Open(ConformanceContext context, CancellationToken cancellationToken)
    {
        var name = context.Harness.NewBucketName();
        Expect.Equal(name, context.Storage.GetBucket(name).Name, "the opened bucket's name");
        return Task.CompletedTask;
    }

    private static async Task NullName(ConformanceContext context, CancellationToken cancellationToken)
    {
        await Expect.ThrowsAsync<ArgumentNullException>(() => Task.FromResult(context.Storage.GetBucket(null!)), "GetBucket(null)");
        await Expect.ThrowsAsync<ArgumentNullException>(() => context.Storage.CreateBucketAsync(null!, null, cancellationToken), "CreateBucketAsync(null)");
        await Expect.ThrowsAsync<ArgumentNullException>(() => context.Storage.DeleteBucketAsync(null!, cancellationToken), "DeleteBucketAsync(null)");
        await Expect.ThrowsAsync<ArgumentNullException>(() => context.Storage.TryGetBucketInfoAsync(null!, cancellationToken), "TryGetBucketInfoAsync(null)");
    }

    private static async Task InvalidName(ConformanceContext context, string name, CancellationToken cancellationToken)
    {
        const CloudErrorCode Code = CloudErrorCode.InvalidArgument;
        const string Reason = ObjectStorageErrorReasons.InvalidBucketName;
        await Expect.FailsAsync(Code, Reason, () => Task.FromResult(context.Storage.GetBucket(name)), "GetBucket");
        await Expect.FailsAsync(Code, Reason, () => context.Storage.CreateBucketAsync(name, null, cancellationToken), "CreateBucketAsync");
        await Expect.FailsAsync(Code, Reason, () => context.Storage.DeleteBucketAsync(name, cancellationToken), "DeleteBucketAsync");
        await Expect.FailsAsync(Code, Reason, () => context.Storage.TryGetBucketInfoAsync(name, cancellationToken), "TryGetBucketInfoAsync");
    }

    private static Task<CloudException> InMissing(ConformanceContext context, Func<IBucket, CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        var bucket = context.Storage.GetBucket(context.Harness.NewBucketName());
        return Expect.FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.BucketNotFound, () => call(bucket, cancellationToken), "the call");
    }

    private static async Task DeleteManyInMissing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = context.Storage.GetBucket(context.Harness.NewBucketName());
        var results = await bucket.DeleteManyAsync(Sequences.Async("a", "b"), cancellationToken).ToListAsync(cancellationToken);
        Expect.Sequence(["a", "b"], results.Select(result => result.Key), "the keys of the results");
        Expect.True(results.TrueForAll(result => result is { Outcome: DeleteOutcome.Failed, Error: { Code: CloudErrorCode.NotFound, Reason: ObjectStorageErrorReasons.BucketNotFound } }), "each result is Failed with BucketNotFound");
    }

    private static async Task WriterInMissing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = context.Storage.GetBucket(context.Harness.NewBucketName());
        await using var writer = bucket.OpenWrite("key");
        await writer.WriteAsync(ConformanceContext.Bytes(10), cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.BucketNotFound, () => writer.CommitAsync(cancellationToken));
    }

    private static async Task CopyOutOfMissing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var missing = context.Storage.GetBucket(context.Harness.NewBucketName());
        await Expect.FailsAsync(
            CloudErrorCode.NotFound, ObjectStorageErrorReasons.BucketNotFound, () => context.Bucket.CopyAsync(new ObjectReference(missing, "key"), context.Key(), null, cancellationToken));
        Expect.True(!await context.Bucket.ExistsAsync(context.Key(), cancellationToken), "nothing was written");
    }
}
