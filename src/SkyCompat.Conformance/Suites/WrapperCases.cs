using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>The prefix and the read-only wrapper.</summary>
internal static class WrapperCases
{
    private const BucketFeatures Pulls = BucketFeatures.Multipart | BucketFeatures.SignGet | BucketFeatures.PullParts;

    public static ConformanceSuite Suite { get; } = new("Wrappers",
    [
        Prefixed("prefix.objects", "Writes, reads and deletes happen under the prefix, and tell keys without it", Objects),
        Prefixed("prefix.list", "Lists tell keys without the prefix, and nothing from outside", List),
        Prefixed("prefix.list.start-after", "Lists start after keys without the prefix", ListAfter),
        Prefixed("prefix.list.token", "Lists go on by token", ListToken),
        Prefixed("prefix.escape", "No key leads out of the prefix", Escape),
        Prefixed("prefix.errors", "Errors tell the key that was asked for", Errors),
        Prefixed("prefix.bad-key", "A key that is malformed without its prefix is refused", BadKey),
        Prefixed("prefix.copy", "Copies go from and to keys without the prefix, inside and across the wrapper", Copy),
        Prefixed("prefix.move", "Moves stay inside", Move),
        Prefixed("prefix.delete-many", "Bulk deletes tell keys without the prefix, and delete nothing outside", DeleteMany),
        Prefixed("prefix.nested", "Wrappers nest", Nested),
        Prefixed("prefix.writer", "The writer writes under the prefix", Writer),
        Prefixed("prefix.key-length", "A key that is too long with its prefix is refused", KeyLength),
        Prefixed("prefix.sign", "Signed requests are for keys under the prefix", Sign, BucketFeatures.SignGet),
        Prefixed("prefix.multipart", "Uploads tell keys without the prefix, and list none from outside", Multipart, BucketFeatures.Multipart),
        Prefixed("prefix.pull-parts", "Pulled parts go to keys under the prefix", PullParts, Pulls),
        Prefixed("prefix.tags", "Tags are those of keys under the prefix", Tags, BucketFeatures.Tags),
        Prefixed("prefix.versions", "Versions tell keys without the prefix, and none from outside", Versions, BucketFeatures.Versions),
        .. Writes.Select(write => ReadOnlyCase($"read-only.refuses.{write.Id}", "Every write is refused", (c, t) => Refuses(c, write.Run, t), write.Requires)),
        ReadOnlyCase("read-only.delete-many", "A bulk delete is refused, and deletes nothing", RefusesDeleteMany),
        ReadOnlyCase("read-only.reads", "Every read works", Reads),
        ReadOnlyCase("read-only.sign-get", "A signed GET is given", SignGet, BucketFeatures.SignGet),
        ReadOnlyCase("read-only.copy-source", "A read-only bucket is the source of a copy", CopySource),
        ReadOnlyCase("read-only.prefix", "A prefix on a read-only bucket stays read-only", PrefixOfReadOnly),
    ]);

    private static (string Id, BucketFeatures Requires, Func<ConformanceContext, IBucket, CancellationToken, Task> Run)[] Writes =>
    [
        ("put", BucketFeatures.None, (context, bucket, token) => bucket.PutAsync(context.Key(), ConformanceContext.Bytes(1), null, token)),
        ("writer", BucketFeatures.None, (context, bucket, token) => WritePath.Writer.WriteAsync(bucket, context.Key(), ConformanceContext.Bytes(1), null, token)),
        ("delete", BucketFeatures.None, (context, bucket, token) => bucket.DeleteAsync(context.Key(), null, token)),
        ("copy", BucketFeatures.None, (context, bucket, token) => bucket.CopyAsync(context.Key("source"), context.Key(), null, token)),
        ("set-attributes", BucketFeatures.None, (context, bucket, token) => bucket.SetAttributesAsync(context.Key(), new ObjectAttributes(), token)),
        ("move", BucketFeatures.None, (context, bucket, token) => bucket.MoveAsync(context.Key(), context.Key("moved"), null, token)),
        ("sign-put", BucketFeatures.SignPut, (context, bucket, token) => bucket.SignAsync(context.Key(), new SignOptions { Method = SignedMethod.Put }, token)),
        ("sign-delete", BucketFeatures.SignDelete, (context, bucket, token) => bucket.SignAsync(context.Key(), new SignOptions { Method = SignedMethod.Delete }, token)),
        ("multipart", BucketFeatures.Multipart, (context, bucket, token) => OrHidden<IMultipartUploads>(bucket, uploads => uploads.CreateAsync(context.Key(), null, token))),
        ("pull-part", Pulls, PullPart),
        ("tags", BucketFeatures.Tags, (context, bucket, token) => OrHidden<IObjectTags>(bucket, tags => tags.SetTagsAsync(context.Key(), Attributes.Tags, token))),
        ("tier", BucketFeatures.Tiers, (context, bucket, token) => OrHidden<IObjectTiers>(bucket, tiers => tiers.SetTierAsync(context.Key(), StorageTier.Infrequent, token))),
        ("versioning", BucketFeatures.Versions, (_, bucket, token) => OrHidden<IBucketVersions>(bucket, versions => versions.SetVersioningAsync(VersioningState.Enabled, token))),
    ];

    private static ConformanceCase Prefixed(string id, string title, Func<ConformanceContext, IBucket, CancellationToken, Task> body, BucketFeatures requires = BucketFeatures.None) =>
        new($"wrapper.{id}", [145], title, (c, t) => body(c, Wrap(c, c.Bucket, c.Key("in/")), t)) { Requires = requires };

    private static ConformanceCase ReadOnlyCase(string id, string title, Func<ConformanceContext, CancellationToken, Task> body, BucketFeatures requires = BucketFeatures.None) =>
        new($"wrapper.{id}", [146], title, body) { Requires = requires };

    private static IBucket Wrap(ConformanceContext context, IBucket bucket, string prefix) =>
        context.Harness.WithPrefix(bucket, prefix) ?? throw new ConformanceSkipException("The harness has no prefix wrapper.");

    private static IBucket ReadOnly(ConformanceContext context) =>
        context.Harness.AsReadOnly(context.Bucket) ?? throw new ConformanceSkipException("The harness has no read-only wrapper.");

    /// <summary>An ability may be hidden by the wrapper; one that is offered must refuse.</summary>
    private static Task OrHidden<TService>(IBucket bucket, Func<TService, Task> call)
        where TService : class =>
        bucket.GetService<TService>() is { } service ? call(service) : throw new ConformanceSkipException($"The wrapper does not offer {typeof(TService).Name}.");

    private static async Task Objects(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(100);
        await inner.PutAsync("a/b", bytes, null, cancellationToken);
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key("in/a/b"), null, cancellationToken), "the object outside");
        Expect.Equal("a/b", (await inner.GetInfoAsync("a/b", cancellationToken)).Key, "the look-up's key");
        await using (var content = await inner.GetAsync("a/b", null, cancellationToken))
        {
            Expect.Equal("a/b", content.Info.Key, "the read's key");
            Expect.Bytes(bytes, await content.ReadBytesAsync(cancellationToken), "the body");
        }

        Expect.Equal("a/b", (await inner.DeleteAsync("a/b", null, cancellationToken)).Key, "the delete's key");
        await context.ExpectAbsentAsync(context.Key("in/a/b"), cancellationToken);
    }

    private static async Task List(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "in/b", "in/a/1", "in/a/2", "in", "inx", "out" })
        {
            await context.SeedAsync(name, 1, cancellationToken);
        }

        Expect.Sequence(["a/1", "a/2", "b"], await KeysAsync(inner, new ListOptions { PageSize = 2 }, cancellationToken), "the list");
        Expect.Sequence(["a/", "b"], await KeysAsync(inner, new ListOptions { Delimiter = "/" }, cancellationToken), "the list with a delimiter");
        Expect.Sequence(["a/1", "a/2"], await KeysAsync(inner, new ListOptions { Prefix = "a/" }, cancellationToken), "the list under a prefix");
    }

    private static async Task ListAfter(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "in/a", "in/b", "in/c", "a", "z" })
        {
            await context.SeedAsync(name, 1, cancellationToken);
        }

        Expect.Sequence(["b", "c"], await KeysAsync(inner, new ListOptions { StartAfter = "a" }, cancellationToken), "the list");
    }

    private static async Task ListToken(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "in/a", "in/b", "in/c" })
        {
            await context.SeedAsync(name, 1, cancellationToken);
        }

        var first = await inner.ListPageAsync(new ListOptions { PageSize = 1 }, cancellationToken);
        var again = Wrap(context, context.Storage.GetBucket(context.Bucket.Name), context.Key("in/"));
        var rest = await KeysAsync(again, new ListOptions { PageSize = 1, ContinuationToken = Expect.NotNull(first.ContinuationToken, "the token") }, cancellationToken);
        Expect.Sequence(["a", "b", "c"], first.Entries.Select(entry => entry.Key).Concat(rest), "the list");
    }

    private static async Task Escape(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        var (outside, bytes, _) = await context.SeedAsync("out", 1, cancellationToken);
        foreach (var key in new[] { "../out", "/out", "./../out", "..%2Fout" })
        {
            Expect.Null(await inner.TryGetInfoAsync(key, null, cancellationToken), $"what is seen as '{key}'");
            try
            {
                await inner.PutAsync(key, ConformanceContext.Bytes(5, 9), null, cancellationToken);
                await inner.DeleteAsync(key, null, cancellationToken);
            }
            catch (CloudException exception) when (KeyRefusal.Explains(exception))
            {
                // What cannot be written cannot escape.
            }
        }

        await context.ExpectBytesAsync(outside, bytes, "the object outside", cancellationToken);
    }

    private static async Task Errors(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        var error = await Expect.FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => inner.GetAsync("missing-key", null, cancellationToken));
        Expect.True(error.Message.Contains("missing-key", StringComparison.Ordinal), $"the key in the message: {error.Message}");
    }

    private static async Task BadKey(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        const CloudErrorCode Code = CloudErrorCode.InvalidArgument;
        const string Reason = ObjectStorageErrorReasons.InvalidKey;
        await Expect.FailsAsync(Code, Reason, () => inner.PutAsync("", ConformanceContext.Bytes(1), null, cancellationToken), "PutAsync");
        await Expect.FailsAsync(Code, Reason, () => inner.GetAsync("", null, cancellationToken), "GetAsync");
        await Expect.FailsAsync(Code, Reason, () => Task.FromResult(inner.OpenWrite("")), "OpenWrite");
        await Expect.FailsAsync(Code, Reason, () => inner.DeleteAsync("", null, cancellationToken), "DeleteAsync");
        await Expect.ThrowsAsync<ArgumentNullException>(() => inner.PutAsync(null!, ConformanceContext.Bytes(1), null, cancellationToken), "PutAsync(null)");
        await Expect.ThrowsAsync<ArgumentNullException>(() => inner.GetAsync(null!, null, cancellationToken), "GetAsync(null)");
        Expect.Sequence([], await context.ListKeysAsync(cancellationToken), "the list outside");
    }

    private static async Task Copy(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(100);
        await inner.PutAsync("a", bytes, Attributes.Put(context), cancellationToken);
        await inner.CopyAsync("a", "b", null, cancellationToken);
        Expect.Bytes(bytes, await inner.GetBytesAsync("b", null, cancellationToken), "the copy inside");
        await context.Bucket.CopyAsync(new ObjectReference(inner, "a"), context.Key("out"), null, cancellationToken);
        await context.ExpectBytesAsync(context.Key("out"), bytes, "the copy outside", cancellationToken);
        await inner.CopyAsync(new ObjectReference(context.Bucket, context.Key("out")), "c", null, cancellationToken);
        Expect.Bytes(bytes, await inner.GetBytesAsync("c", null, cancellationToken), "the copy back inside");
        await Attributes.ExpectAsync(context, inner, "c", cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.InvalidArgument, null, () => inner.CopyAsync(new ObjectReference(context.Bucket, context.Key("in/a")), "a", null, cancellationToken), "a copy onto itself across the wrapper");
    }

    private static async Task Move(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        await inner.PutAsync("a", ConformanceContext.Bytes(10), null, cancellationToken);
        await inner.MoveAsync("a", "b", null, cancellationToken);
        Expect.Sequence(context.Keys("in/b"), await context.ListKeysAsync(cancellationToken), "the list outside");
    }

    private static async Task DeleteMany(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "in/a", "in/b", "a", "b" })
        {
            await context.SeedAsync(name, 1, cancellationToken);
        }

        var results = await inner.DeleteManyAsync(Sequences.Async("a", "c", "b"), cancellationToken).ToListAsync(cancellationToken);
        Expect.Sequence(["a", "c", "b"], results.Select(result => result.Key), "the keys of the results");
        Expect.Sequence(context.Keys("a", "b"), await context.ListKeysAsync(cancellationToken), "the list outside");
    }

    private static async Task Nested(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        var innermost = Wrap(context, inner, "deep/");
        await innermost.PutAsync("a", ConformanceContext.Bytes(10), null, cancellationToken);
        Expect.Sequence(context.Keys("in/deep/a"), await context.ListKeysAsync(cancellationToken), "the list outside");
        Expect.Sequence(["a"], await KeysAsync(innermost, new ListOptions(), cancellationToken), "the list inside");
        await context.Bucket.CopyAsync(new ObjectReference(innermost, "a"), context.Key("out"), null, cancellationToken);
        await context.ExpectBytesAsync(context.Key("out"), ConformanceContext.Bytes(10), "the copy outside", cancellationToken);
    }

    private static async Task Writer(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(1_000);
        await WritePath.Writer.WriteAsync(inner, "a", bytes, null, cancellationToken);
        await context.ExpectBytesAsync(context.Key("in/a"), bytes, "the object outside", cancellationToken);
    }

    private static async Task KeyLength(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        ConformanceContext.SkipIf(context.Capabilities.MaxKeyBytes > 100_000, "The bucket has no limit of keys to speak of.");
        var key = new string('a', context.Capabilities.MaxKeyBytes);
        await Expect.FailsAsync(CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidKey, () => inner.PutAsync(key, ConformanceContext.Bytes(1), null, cancellationToken));
    }

    private static async Task Sign(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(100);
        await inner.PutAsync("a", bytes, null, cancellationToken);
        var signed = await inner.SignAsync("a", null, cancellationToken);
        using var reply = await BareClient.SendAsync(context.Harness, signed, null, cancellationToken);
        Expect.Bytes(bytes, await reply.Content.ReadAsByteArrayAsync(cancellationToken), "the body of the reply");
    }

    private static async Task Multipart(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        await context.Service<IMultipartUploads>().CreateAsync(context.Key("out"), null, cancellationToken);
        var uploads = context.Service<IMultipartUploads>(inner);
        var bytes = ConformanceContext.Bytes(100);
        var upload = await uploads.CreateAsync("a", null, cancellationToken);
        Expect.Equal("a", upload.Key);
        Expect.Sequence(["a"], await uploads.ListUploadsAsync(null, cancellationToken).Select(entry => entry.Key).ToListAsync(cancellationToken), "the uploads inside");
        var part = await uploads.PutPartAsync(upload, 1, bytes, cancellationToken);
        Expect.Equal(1, await uploads.ListPartsAsync(upload, cancellationToken).CountAsync(cancellationToken), "the number of parts");
        await uploads.CompleteAsync(upload, [part], null, cancellationToken);
        await context.ExpectBytesAsync(context.Key("in/a"), bytes, "the object outside", cancellationToken);
    }

    private static async Task PullParts(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(100);
        await inner.PutAsync("source", bytes, null, cancellationToken);
        var uploads = context.Service<IMultipartUploads>(inner);
        var upload = await uploads.CreateAsync("a", null, cancellationToken);
        var source = await inner.SignAsync("source", null, cancellationToken);
        var part = await context.Service<IPartPulls>(inner).PullPartAsync(upload, 1, source, 10, 90, cancellationToken);
        await uploads.CompleteAsync(upload, [part], null, cancellationToken);
        await context.ExpectBytesAsync(context.Key("in/a"), bytes[10..], "the object outside", cancellationToken);
    }

    private static async Task PullPart(ConformanceContext context, IBucket bucket, CancellationToken cancellationToken)
    {
        var source = await context.Bucket.SignAsync(context.Key("source"), null, cancellationToken);
        await OrHidden<IPartPulls>(bucket, pulls => pulls.PullPartAsync(new MultipartUpload(context.Key(), "none"), 1, source, 0, 1, cancellationToken));
    }

    private static async Task Tags(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        await inner.PutAsync("a", ConformanceContext.Bytes(10), null, cancellationToken);
        await context.Service<IObjectTags>(inner).SetTagsAsync("a", Attributes.Tags, cancellationToken);
        Expect.Map(Attributes.Tags, await context.Service<IObjectTags>().GetTagsAsync(context.Key("in/a"), cancellationToken), "the tags outside");
        Expect.Map(Attributes.Tags, await context.Service<IObjectTags>(inner).GetTagsAsync("a", cancellationToken), "the tags inside");
    }

    private static async Task Versions(ConformanceContext context, IBucket inner, CancellationToken cancellationToken)
    {
        await inner.PutAsync("a", ConformanceContext.Bytes(10), null, cancellationToken);
        await context.SeedAsync("out", 1, cancellationToken);
        var page = await context.Service<IBucketVersions>(inner).ListVersionsPageAsync(null, cancellationToken);
        Expect.Sequence(["a"], page.Entries.Select(entry => entry.Key), "the versions inside");
    }

    private static async Task Refuses(ConformanceContext context, Func<ConformanceContext, IBucket, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var readOnly = ReadOnly(context);
        var (key, bytes, result) = await context.SeedAsync("object", 1, cancellationToken);
        await context.SeedAsync("source", 2, cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.PermissionDenied, ObjectStorageErrorReasons.ReadOnly, () => write(context, readOnly, cancellationToken), "the write");
        Expect.Equal(result.Tag, (await context.Bucket.GetInfoAsync(key, cancellationToken)).Tag, "the tag afterwards");
        await context.ExpectBytesAsync(key, bytes, "the object", cancellationToken);
    }

    private static async Task RefusesDeleteMany(ConformanceContext context, CancellationToken cancellationToken)
    {
        var readOnly = ReadOnly(context);
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        await Expect.FailsAsync(
            CloudErrorCode.PermissionDenied,
            ObjectStorageErrorReasons.ReadOnly,
            async () =>
            {
                // Refused as a whole, or for each key.
                await foreach (var result in readOnly.DeleteManyAsync(Sequences.Async(key), cancellationToken))
                {
                    throw result.Error ?? new CloudException($"The outcome is {result.Outcome}.");
                }
            },
            "the bulk delete");
        await context.ExpectBytesAsync(key, bytes, "the object", cancellationToken);
    }

    private static async Task Reads(ConformanceContext context, CancellationToken cancellationToken)
    {
        var readOnly = ReadOnly(context);
        var (key, bytes, result) = await context.SeedAsync("object", 1, cancellationToken);
        Expect.Bytes(bytes, await readOnly.GetBytesAsync(key, null, cancellationToken), "the body");
        Expect.Equal(result.Tag, (await readOnly.GetInfoAsync(key, cancellationToken)).Tag);
        Expect.Sequence([key], await KeysAsync(readOnly, new ListOptions { Prefix = context.Prefix }, cancellationToken), "the list");
    }

    private static async Task SignGet(ConformanceContext context, CancellationToken cancellationToken)
    {
        var readOnly = ReadOnly(context);
        await context.SeedAsync("object", 1, cancellationToken);
        Expect.Equal("GET", (await readOnly.SignAsync(context.Key(), null, cancellationToken)).Method);
    }

    private static async Task CopySource(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        await context.Bucket.CopyAsync(new ObjectReference(ReadOnly(context), key), context.Key("copy"), null, cancellationToken);
        await context.ExpectBytesAsync(context.Key("copy"), bytes, "the copy", cancellationToken);
    }

    private static async Task PrefixOfReadOnly(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (_, bytes, _) = await context.SeedAsync("in/a", 1, cancellationToken);
        var inner = Wrap(context, ReadOnly(context), context.Key("in/"));
        Expect.Bytes(bytes, await inner.GetBytesAsync("a", null, cancellationToken), "the body");
        await Expect.FailsAsync(CloudErrorCode.PermissionDenied, ObjectStorageErrorReasons.ReadOnly, () => inner.PutAsync("a", ConformanceContext.Bytes(1), null, cancellationToken));
    }

    private static async Task<List<string>> KeysAsync(IBucket bucket, ListOptions options, CancellationToken cancellationToken) =>
        await bucket.ListAsync(options, cancellationToken).Select(entry => entry.Key).ToListAsync(cancellationToken);
}
