using System.Diagnostics;
using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>What every call does beside its work: cancellation, telemetry, context of errors, capabilities that are true.</summary>
internal static class PlumbingCases
{
    public static ConformanceSuite Suite { get; } = new("Plumbing",
    [
        .. Calls.Select(call => new ConformanceCase($"plumbing.cancelled.{call.Id}", [52, 117], "A call with a cancelled token is cancelled", (c, t) => Cancelled(c, call.Run, t)) { Requires = call.Requires }),
        .. Calls.Select(call => new ConformanceCase($"plumbing.activity.{call.Id}", [148], "A public call is one activity, and shows no secret", (c, t) => OneActivity(c, call.Run, t)) { Requires = call.Requires }),
        new("plumbing.activity.failure", [148], "A call that fails is one activity with the status Error, and shows no secret", FailedActivity),
        new("plumbing.error.context", [148], "An error names operation, resource and provider, and shows no secret", ErrorContext),
        new("plumbing.services", [149], "The abilities found are those that are declared", Services),
        new("plumbing.services.unknown", [149], "An unknown service is not found; null is an argument error", UnknownService),
        new("plumbing.capabilities.limits", [149], "Limits are positive and fit each other", Limits),
        new("plumbing.capabilities.same", [149], "Two instances of a bucket declare the same", SameCapabilities),
        new("plumbing.name", [], "A bucket tells its name", Name),
        new("plumbing.null-options", [], "Null options are defaults", NullOptions),
        .. Portable.Select(key => new ConformanceCase($"plumbing.portable-keys.{key.Id}", [90, 91, 92, 93, 96, 98], "Under the default key policy, a key that some cloud cannot hold is refused by writes and missing for reads", (c, t) => PortableKey(c, key.Text, t))),
        new("plumbing.portable-keys.allowed", [94, 95, 97], "Under the default key policy, keys that every cloud holds are taken", PortableAllowed),
    ]);

    private static (string Id, BucketFeatures Requires, Func<ConformanceContext, CancellationToken, Task> Run)[] Calls =>
    [
        ("exists", BucketFeatures.None, (context, token) => context.Storage.TryGetBucketInfoAsync(context.Bucket.Name, token)),
        ("list-buckets", BucketFeatures.None, (context, token) => context.Storage.ListBucketsPageAsync(null, token)),
        ("create-bucket", BucketFeatures.BucketAdministration, (context, token) => context.Storage.CreateBucketAsync(context.Bucket.Name, null, token)),
        ("info", BucketFeatures.None, (context, token) => context.Bucket.TryGetInfoAsync(context.Key(), null, token)),
        ("get", BucketFeatures.None, (context, token) => context.Bucket.GetBytesAsync(context.Key(), null, token)),
        ("put", BucketFeatures.None, (context, token) => context.Bucket.PutAsync(context.Key("put"), ConformanceContext.Bytes(10), null, token)),
        ("put-large", BucketFeatures.None, (context, token) => context.Bucket.PutAsync(context.Key("put-large"), WritePath.PutLarge.Bytes(context), null, token)),
        ("list", BucketFeatures.None, (context, token) => context.Bucket.ListPageAsync(new ListOptions { Prefix = context.Prefix }, token)),
        ("delete", BucketFeatures.None, (context, token) => context.Bucket.DeleteAsync(context.Key(), null, token)),
        ("delete-many", BucketFeatures.None, async (context, token) => await context.Bucket.DeleteManyAsync(Sequences.Async(context.Key()), token).ToListAsync(token)),
        ("copy", BucketFeatures.None, (context, token) => context.Bucket.CopyAsync(context.Key(), context.Key("copy"), null, token)),
        ("sign", BucketFeatures.SignGet, (context, token) => context.Bucket.SignAsync(context.Key(), null, token)),
        ("create-upload", BucketFeatures.Multipart, (context, token) => context.Service<IMultipartUploads>().CreateAsync(context.Key("upload"), null, token)),
        ("get-tags", BucketFeatures.Tags, (context, token) => context.Service<IObjectTags>().GetTagsAsync(context.Key(), token)),
        ("get-versioning", BucketFeatures.Versions, (context, token) => context.Service<IBucketVersions>().GetVersioningAsync(token)),
    ];

    private static (string Id, string Text)[] Portable =>
    [
        ("too-long", new string('a', 1024)),
        ("control", "a\u0001b"),
        ("newline", "a\nb"),
        ("delete-character", "a\u007fb"),
        ("backslash", "a\\b"),
        ("leading-slash", "/a"),
        ("dot-segment", "a/./b"),
        ("dot-dot-segment", "a/../b"),
        ("dot-start", "./a"),
        ("dot-dot", ".."),
        ("empty-segment", "a//b"),
        ("trailing-dot", "a/b."),
        ("trailing-slash", "a/b/"),
    ];

    private static async Task Cancelled(ConformanceContext context, Func<ConformanceContext, CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        await Expect.ThrowsAsync<OperationCanceledException>(() => call(context, new CancellationToken(canceled: true)), "the call");
        Expect.Sequence([key], await context.ListKeysAsync(cancellationToken), "the keys afterwards");
        await context.ExpectBytesAsync(key, bytes, "the object afterwards", cancellationToken);
    }

    private static async Task OneActivity(ConformanceContext context, Func<ConformanceContext, CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        await context.SeedAsync("object", 1, cancellationToken);
        using var recorder = new ActivityRecorder();
        await recorder.RunAsync(() => call(context, cancellationToken));
        Expect.Equal(1, recorder.Direct.Count, $"the number of activities ({string.Join(", ", recorder.Direct.Select(activity => activity.DisplayName))})");
        Expect.NotEqual(ActivityStatusCode.Error, recorder.Direct[0].Status, "the status of the activity");
        ExpectNoSecret(context, recorder.Describe());
    }

    private static async Task FailedActivity(ConformanceContext context, CancellationToken cancellationToken)
    {
        using var recorder = new ActivityRecorder();
        await recorder.RunAsync(() => Expect.FailsAsync(CloudErrorCode.NotFound, null, () => context.Bucket.GetAsync(context.Key("not-there"), null, cancellationToken), "the read"));
        Expect.Equal(1, recorder.Direct.Count, "the number of activities");
        Expect.Equal(ActivityStatusCode.Error, recorder.Direct[0].Status, "the status of the activity");
        ExpectNoSecret(context, recorder.Describe());
    }

    private static async Task ErrorContext(ConformanceContext context, CancellationToken cancellationToken)
    {
        var error = await Expect.FailsAsync(CloudErrorCode.NotFound, null, () => context.Bucket.GetAsync(context.Key("not-there"), null, cancellationToken));
        Expect.NotNull(error.Operation);
        Expect.NotNull(error.Provider?.Name, "CloudException.Provider");
        Expect.True(Expect.NotNull(error.Resource).Contains(context.Key("not-there"), StringComparison.Ordinal), $"'{error.Resource}' names the key");
        Expect.True(!error.IsTransient && !error.MayHaveTakenEffect, "it is not transient and took no effect");
        ExpectNoSecret(context, error.ToString());
    }

    private static async Task Services(ConformanceContext context, CancellationToken cancellationToken)
    {
        // An ability that depends on the bucket's settings may be found and then refuse; one that is declared must be found.
        var capabilities = await context.Bucket.GetCapabilitiesAsync(cancellationToken);
        Expect.True(!capabilities.Supports(BucketFeatures.Multipart) || context.Bucket.Offers<IMultipartUploads>(), "uploads are found");
        Expect.True(!capabilities.Supports(BucketFeatures.PullParts) || context.Bucket.Offers<IPartPulls>(), "pulls of parts are found");
        Expect.True(!capabilities.Supports(BucketFeatures.Tags) || context.Bucket.Offers<IObjectTags>(), "tags are found");
        Expect.True(!capabilities.Supports(BucketFeatures.Tiers) || context.Bucket.Offers<IObjectTiers>(), "tiers are found");
        Expect.True(!capabilities.Supports(BucketFeatures.Versions) || context.Bucket.Offers<IBucketVersions>(), "versions are found");
    }

    private static async Task UnknownService(ConformanceContext context, CancellationToken cancellationToken)
    {
        Expect.Null(context.Bucket.GetService(typeof(ActivityRecorder)), "an unknown service of the bucket");
        Expect.Null(context.Storage.GetService(typeof(ActivityRecorder)), "an unknown service of the storage");
        await Expect.ThrowsAsync<ArgumentNullException>(() => Task.FromResult(context.Bucket.GetService(null!)), "the bucket's GetService(null)");
        await Expect.ThrowsAsync<ArgumentNullException>(() => Task.FromResult(context.Storage.GetService(null!)), "the storage's GetService(null)");
    }

    private static Task Limits(ConformanceContext context, CancellationToken cancellationToken)
    {
        var limits = context.Capabilities;
        Expect.True(limits is { MaxKeyBytes: > 0, MaxMetadataBytes: > 0, MaxObjectBytes: > 0, MaxPutBytes: > 0, MaxPageSize: > 0, MaxBatchDelete: > 0, MaxCopyBytes: > 0 });
        Expect.True(limits is { MinPartBytes: > 0, MaxParts: > 0, PartMultipleBytes: > 0 });
        Expect.True(limits.MinPartBytes <= limits.MaxPartBytes);
        Expect.True(limits.MaxPutBytes <= limits.MaxObjectBytes);
        Expect.True(limits.MaxSignedLifetime > TimeSpan.Zero);
        Expect.True(!limits.Supports(BucketFeatures.Tags) || limits.MaxTags > 0);
        Expect.True(!limits.Supports(BucketFeatures.PartCopy) || limits.Supports(BucketFeatures.Multipart));
        Expect.True(!limits.Supports(BucketFeatures.PullParts) || limits.Supports(BucketFeatures.Multipart));
        Expect.True((limits.Features & (BucketFeatures.MultipartIfAbsent | BucketFeatures.MultipartIfMatch)) == BucketFeatures.None || limits.Supports(BucketFeatures.Multipart));
        Expect.True((limits.Features & BucketFeatures.ConditionalCopy) == BucketFeatures.None || limits.Supports(BucketFeatures.ServerSideCopy));
        return Task.CompletedTask;
    }

    private static async Task SameCapabilities(ConformanceContext context, CancellationToken cancellationToken) =>
        Expect.Equal(context.Capabilities, await context.Storage.GetBucket(context.Bucket.Name).GetCapabilitiesAsync(cancellationToken), "the capabilities");

    private static Task Name(ConformanceContext context, CancellationToken cancellationToken)
    {
        Expect.Equal(context.Bucket.Name, context.Storage.GetBucket(context.Bucket.Name).Name, "the name");
        return Task.CompletedTask;
    }

    private static async Task NullOptions(ConformanceContext context, CancellationToken cancellationToken)
    {
        var key = context.Key();
        await context.Bucket.PutAsync(key, ConformanceContext.Bytes(10), null, cancellationToken);
        await context.Bucket.PutAsync(key, ConformanceContext.Bytes(10), new PutOptions(), cancellationToken);
        Expect.Equal(10, (await context.Bucket.GetBytesAsync(key, new GetOptions(), cancellationToken)).Length, "the length of the body");
        Expect.NotNull(await context.Bucket.TryGetInfoAsync(key, new GetInfoOptions(), cancellationToken), "the look-up");
        await context.Bucket.ListPageAsync(new ListOptions(), cancellationToken);
        await context.Bucket.CopyAsync(key, context.Key("copy"), new CopyOptions(), cancellationToken);
        await context.Bucket.DeleteAsync(key, new DeleteOptions(), cancellationToken);
    }

    private static async Task PortableKey(ConformanceContext context, string key, CancellationToken cancellationToken)
    {
        var bucket = await PortableBucketAsync(context, cancellationToken);
        const CloudErrorCode Code = CloudErrorCode.InvalidArgument;
        const string Reason = ObjectStorageErrorReasons.InvalidKey;
        await Expect.FailsAsync(Code, Reason, () => bucket.PutAsync(key, ConformanceContext.Bytes(1), null, cancellationToken), "PutAsync");
        await Expect.FailsAsync(Code, Reason, () => Task.FromResult(bucket.OpenWrite(key)), "OpenWrite");
        var (source, _, _) = await context.SeedAsync("source", 1, cancellationToken);
        await Expect.FailsAsync(Code, Reason, () => bucket.CopyAsync(source, key, null, cancellationToken), "CopyAsync");
        if (context.Capabilities.Supports(BucketFeatures.Multipart))
        {
            await Expect.FailsAsync(Code, Reason, () => context.Service<IMultipartUploads>(bucket).CreateAsync(key, null, cancellationToken), "CreateAsync of an upload");
        }
    }

    private static async Task PortableAllowed(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await PortableBucketAsync(context, cancellationToken);
        foreach (var name in new[] { "a b", "a+b&c=d?e#f", "100%", "%2F", "\u4e16\u754c/\U0001F30D", ".hidden", "a..b", "~", "e\u0301", new string('a', 500) })
        {
            var key = context.Key(name);
            await bucket.PutAsync(key, ConformanceContext.Bytes(10), null, cancellationToken);
            Expect.Equal(key, (await bucket.GetInfoAsync(key, cancellationToken)).Key, "the key");
        }
    }

    private static async Task<IBucket> PortableBucketAsync(ConformanceContext context, CancellationToken cancellationToken)
    {
        var storage = context.Harness.PortableStorage;
        ConformanceContext.SkipIf(storage is null, "The harness has no storage under the default key policy.");
        if (!await storage.BucketExistsAsync(context.Bucket.Name, cancellationToken))
        {
            // A store that lives in one process, and whose clouds share nothing.
            await storage.CreateBucketAsync(context.Bucket.Name, null, cancellationToken);
        }

        return storage.GetBucket(context.Bucket.Name);
    }

    private static void ExpectNoSecret(ConformanceContext context, string text)
    {
        foreach (var secret in context.Harness.Secrets)
        {
            Expect.True(!text.Contains(secret, StringComparison.Ordinal), "no secret is shown");
        }

        Expect.True(!text.Contains("Signature=", StringComparison.OrdinalIgnoreCase), "no signature is shown");
    }
}
