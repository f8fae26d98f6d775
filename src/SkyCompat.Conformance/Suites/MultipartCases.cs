using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Uploads part by part, in the caller's hands.</summary>
internal static class MultipartCases
{
    public static ConformanceSuite Suite { get; } = new("Multipart",
    [
        Case("multipart.one-part", [], "An upload of one small part is an object", OnePart),
        Case("multipart.out-of-order", [58], "Parts sent out of order are joined by number", OutOfOrder),
        Case("multipart.concurrent", [59], "Parts sent at the same time are joined by number", Concurrent),
        Case("multipart.unordered-complete", [58], "Parts named out of order at the end are joined by number", UnorderedComplete),
        Case("multipart.gaps", [], "Part numbers may have gaps", Gaps),
        Case("multipart.dropped-part", [], "A part that is not named at the end is not in the object", DroppedPart),
        Case("multipart.no-parts", [60], "An upload completed without parts is an empty object", NoParts),
        Case("multipart.invisible", [61, 118], "Until it is completed, an upload is not seen by look-up, read or list", Invisible),
        Case("multipart.abort.empty", [62], "An upload without parts is aborted, and again", AbortEmpty),
        Case("multipart.abort.half-done", [62], "A half-done upload is aborted; the object stays as it was", AbortHalfDone),
        Case("multipart.abort.then-part", [62], "An aborted upload takes no part and cannot be completed", AbortThenPart),
        Case("multipart.unknown-upload", [], "An upload that never was is UploadNotFound; aborting it succeeds", UnknownUpload),
        Case("multipart.race", [63], "Of two uploads to one key, the object is wholly one of them", Race),
        Case("multipart.options", [64, 87], "What is given at the start holds at the end: headers, metadata and tags", Options),
        Case("multipart.part.too-small", [65], "A part but the last that is too small is refused", TooSmall),
        Case("multipart.part.number", [65], "A part number out of range is refused before any request", PartNumber),
        Case("multipart.part.unknown", [65], "Completing with a part that was never sent is refused", UnknownPart),
        Case("multipart.part.stream", [], "A part is sent from a stream", PartFromStream),
        Case("multipart.part.replaced", [67], "A part sent again under its number replaces the one before", PartReplaced),
        Case("multipart.resume", [66], "Another process goes on with an upload that it knows by key and id", Resume),
        Case("multipart.list-parts", [66], "The parts that the store holds are listed by number, with tag and size", ListParts),
        Case("multipart.list-uploads", [66], "Unfinished uploads are listed by key, under a prefix", ListUploads),
        Case("multipart.list-uploads.completed", [], "Completed and aborted uploads are not listed", ListUploadsCompleted),
        Case("multipart.two-of-one-key", [66], "Two uploads of one key are kept apart", TwoOfOneKey),
        Case("multipart.many-parts.listed", [69], "More parts than a page holds are all listed", ManyPartsListed),
        Case("multipart.many-parts.completed", [69], "More parts than a page holds are all joined", ManyPartsCompleted),
        Case("multipart.bad-key", [41], "A bad key is refused before any request", BadKey),
        Case("multipart.null", [], "Null arguments are argument errors", Nulls),
        Pull("multipart.pull-parts", [58], "Parts that the store reads from a signed URL, each its own range, are joined by number", PullParts),
        Pull("multipart.pull-parts.refused", [65], "A pull by anything but a signed GET, under a wrong number or of a wrong length, is refused before any request", PullPartsRefused),
    ]);

    private static ConformanceCase Case(string id, int[] numbers, string title, Func<ConformanceContext, CancellationToken, Task> body) =>
        new(id, numbers, title, body) { Requires = BucketFeatures.Multipart, WhenUnsupported = Unsupported };

    private static ConformanceCase Pull(string id, int[] numbers, string title, Func<ConformanceContext, CancellationToken, Task> body) =>
        new(id, numbers, title, body) { Requires = BucketFeatures.Multipart | BucketFeatures.SignGet | BucketFeatures.PullParts, WhenUnsupported = NoPulls };

    private static async Task Unsupported(ConformanceContext context, CancellationToken cancellationToken)
    {
        if (context.Bucket.GetService<IMultipartUploads>() is { } uploads)
        {
            await Expect.FailsAsync(CloudErrorCode.Unsupported, null, () => uploads.CreateAsync(context.Key(), null, cancellationToken));
        }
    }

    private static async Task NoPulls(ConformanceContext context, CancellationToken cancellationToken)
    {
        // Not found; only where it depends on the bucket's settings may it be found and then refuse.
        if (!context.Capabilities.Supports(BucketFeatures.PullParts) && context.Bucket.GetService<IPartPulls>() is { } pulls)
        {
            var source = new SignedRequest("GET", new Uri("https://source.invalid/object"), DateTimeOffset.MaxValue);
            await Expect.FailsAsync(CloudErrorCode.Unsupported, null, () => pulls.PullPartAsync(new MultipartUpload(context.Key(), "none"), 1, source, 0, 1, cancellationToken));
        }
    }

    private static async Task OnePart(ConformanceContext context, CancellationToken cancellationToken)
    {
        var uploads = context.Service<IMultipartUploads>();
        var bytes = ConformanceContext.Bytes(1_000);
        var upload = await uploads.CreateAsync(context.Key(), null, cancellationToken);
        Expect.Equal(context.Key(), upload.Key);
        var part = await uploads.PutPartAsync(upload, 1, bytes, cancellationToken);
        Expect.Equal(1, part.Number);
        Expect.Equal(bytes.Length, part.Size);
        Expect.True(!part.Tag.IsEmpty, "the part has a tag");
        var result = await uploads.CompleteAsync(upload, [part], null, cancellationToken);
        Expect.Equal(result.Tag, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Tag, "the tag");
        await context.ExpectBytesAsync(context.Key(), bytes, "the body", cancellationToken);
    }

    private static async Task OutOfOrder(ConformanceContext context, CancellationToken cancellationToken)
    {
        var job = await StartAsync(context, parts: 3, cancellationToken);
        foreach (var number in new[] { 3, 1, 2 })
        {
            await job.SendAsync(number, cancellationToken);
        }

        await job.CompleteAsync(cancellationToken);
    }

    private static async Task Concurrent(ConformanceContext context, CancellationToken cancellationToken)
    {
        var job = await StartAsync(context, parts: 3, cancellationToken);
        await Task.WhenAll(job.SendAsync(2, cancellationToken), job.SendAsync(3, cancellationToken), job.SendAsync(1, cancellationToken));
        await job.CompleteAsync(cancellationToken);
    }

    private static async Task UnorderedComplete(ConformanceContext context, CancellationToken cancellationToken)
    {
        var job = await StartAsync(context, parts: 3, cancellationToken);
        var (a, b, c) = (await job.SendAsync(1, cancellationToken), await job.SendAsync(2, cancellationToken), await job.SendAsync(3, cancellationToken));
        await job.Uploads.CompleteAsync(job.Upload, [c, a, b], null, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), job.Bytes, "the body", cancellationToken);
    }

    private static async Task Gaps(ConformanceContext context, CancellationToken cancellationToken)
    {
        var job = await StartAsync(context, parts: 2, cancellationToken);
        var first = await job.Uploads.PutPartAsync(job.Upload, 3, job.Part(1).ToArray(), cancellationToken);
        var second = await job.Uploads.PutPartAsync(job.Upload, 70, job.Part(2).ToArray(), cancellationToken);
        await job.Uploads.CompleteAsync(job.Upload, [first, second], null, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), job.Bytes, "the body", cancellationToken);
    }

    private static async Task DroppedPart(ConformanceContext context, CancellationToken cancellationToken)
    {
        var job = await StartAsync(context, parts: 2, cancellationToken);
        await job.SendAsync(1, cancellationToken);
        var second = await job.SendAsync(2, cancellationToken);
        await job.Uploads.CompleteAsync(job.Upload, [second], null, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), job.Part(2).ToArray(), "the body", cancellationToken);
    }

    private static async Task NoParts(ConformanceContext context, CancellationToken cancellationToken)
    {
        var uploads = context.Service<IMultipartUploads>();
        var upload = await uploads.CreateAsync(context.Key(), null, cancellationToken);
        var result = await uploads.CompleteAsync(upload, [], null, cancellationToken);
        Expect.True(!result.Tag.IsEmpty, "there is a tag");
        await context.ExpectBytesAsync(context.Key(), [], "the body", cancellationToken);
        Expect.Equal(0, await uploads.ListUploadsAsync(context.Prefix, cancellationToken).CountAsync(cancellationToken), "the number of unfinished uploads left");
    }

    private static async Task Invisible(ConformanceContext context, CancellationToken cancellationToken)
    {
        var job = await StartAsync(context, parts: 2, cancellationToken);
        await job.SendAsync(1, cancellationToken);
        Expect.True(!await context.Bucket.ExistsAsync(context.Key(), cancellationToken), "the key is absent");
        await Expect.FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => context.Bucket.GetAsync(context.Key(), null, cancellationToken));
        Expect.Sequence([], await context.ListKeysAsync(cancellationToken), "the list");
        await job.SendAsync(2, cancellationToken);
        await job.CompleteAsync(cancellationToken);
        Expect.Sequence([context.Key()], await context.ListKeysAsync(cancellationToken), "the list after the end");
    }

    private static async Task AbortEmpty(ConformanceContext context, CancellationToken cancellationToken)
    {
        var uploads = context.Service<IMultipartUploads>();
        var upload = await uploads.CreateAsync(context.Key(), null, cancellationToken);
        await uploads.AbortAsync(upload, cancellationToken);
        await uploads.AbortAsync(upload, cancellationToken);
        await context.ExpectAbsentAsync(context.Key(), cancellationToken);
    }

    private static async Task AbortHalfDone(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, old, _) = await context.SeedAsync("object", 9, cancellationToken);
        var job = await StartAsync(context, parts: 2, cancellationToken);
        await job.SendAsync(1, cancellationToken);
        await job.Uploads.AbortAsync(job.Upload, cancellationToken);
        await context.ExpectUntouchedAsync(key, old, cancellationToken);
    }

    private static async Task AbortThenPart(ConformanceContext context, CancellationToken cancellationToken)
    {
        var job = await StartAsync(context, parts: 1, cancellationToken);
        var part = await job.SendAsync(1, cancellationToken);
        await job.Uploads.AbortAsync(job.Upload, cancellationToken);
        await ExpectUnknownAsync(job.Uploads, job.Upload, part, cancellationToken);
        await context.ExpectAbsentAsync(context.Key(), cancellationToken);
    }

    private static async Task UnknownUpload(ConformanceContext context, CancellationToken cancellationToken)
    {
        var job = await StartAsync(context, parts: 1, cancellationToken);
        var part = await job.SendAsync(1, cancellationToken);
        var id = job.Upload.UploadId;
        var unknown = new MultipartUpload(job.Upload.Key, string.Concat(id.Select((c, i) => i == id.Length - 1 ? (c == '0' ? '1' : '0') : c)));
        await ExpectUnknownAsync(job.Uploads, unknown, part, cancellationToken);
        await job.Uploads.AbortAsync(unknown, cancellationToken);
        await job.CompleteAsync(cancellationToken);
    }

    private static async Task ExpectUnknownAsync(IMultipartUploads uploads, MultipartUpload upload, UploadedPart part, CancellationToken cancellationToken)
    {
        const CloudErrorCode Code = CloudErrorCode.NotFound;
        const string Reason = ObjectStorageErrorReasons.UploadNotFound;
        await Expect.FailsAsync(Code, Reason, () => uploads.PutPartAsync(upload, 2, ConformanceContext.Bytes(10), cancellationToken), "PutPartAsync");
        await Expect.FailsAsync(Code, Reason, () => uploads.CompleteAsync(upload, [part], null, cancellationToken), "CompleteAsync");
        await Expect.FailsAsync(Code, Reason, () => uploads.ListPartsAsync(upload, cancellationToken).CountAsync(cancellationToken).AsTask(), "ListPartsAsync");
    }

    private static async Task Race(ConformanceContext context, CancellationToken cancellationToken)
    {
        var jobs = new List<UploadJob>();
        for (var i = 0; i < 2; i++)
        {
            var job = await StartAsync(context, parts: 2, cancellationToken, seed: i + 1);
            await Task.WhenAll(job.SendAsync(1, cancellationToken), job.SendAsync(2, cancellationToken));
            jobs.Add(job);
        }

        var outcomes = await Task.WhenAll(jobs.Select(job => TryCompleteAsync(job, cancellationToken)));
        Expect.True(Array.Exists(outcomes, done => done), "one of the uploads was completed");
        var read = await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken);
        Expect.True(jobs.Where((_, i) => outcomes[i]).Any(job => job.Bytes.AsSpan().SequenceEqual(read)), "the object is wholly one of the completed uploads");

        static async Task<bool> TryCompleteAsync(UploadJob job, CancellationToken cancellationToken)
        {
            try
            {
                await job.Uploads.CompleteAsync(job.Upload, [.. job.Sent.Values], null, cancellationToken);
                return true;
            }
            catch (CloudException exception) when (exception.Code is CloudErrorCode.Conflict or CloudErrorCode.NotFound)
            {
                // The first to commit may discard the other's parts.
                return false;
            }
        }
    }

    private static async Task Options(ConformanceContext context, CancellationToken cancellationToken)
    {
        await WritePath.Multipart.WriteAsync(context, context.Key(), ConformanceContext.Bytes(1_000), Attributes.Put(context), cancellationToken);
        await Attributes.ExpectAsync(context, context.Bucket, context.Key(), cancellationToken);
    }

    private static async Task TooSmall(ConformanceContext context, CancellationToken cancellationToken)
    {
        ConformanceContext.SkipIf(context.Capabilities.MinPartBytes <= 1, "Parts of one byte are allowed.");
        var uploads = context.Service<IMultipartUploads>();
        var upload = await uploads.CreateAsync(context.Key(), null, cancellationToken);
        await Expect.FailsAsync(
            CloudErrorCode.InvalidArgument,
            ObjectStorageErrorReasons.InvalidPart,
            async () =>
            {
                var first = await uploads.PutPartAsync(upload, 1, ConformanceContext.Bytes((int)Math.Min(1_000, context.Capabilities.MinPartBytes - 1)), cancellationToken);
                var second = await uploads.PutPartAsync(upload, 2, ConformanceContext.Bytes(1_000), cancellationToken);
                await uploads.CompleteAsync(upload, [first, second], null, cancellationToken);
            },
            "the upload");
        await uploads.AbortAsync(upload, cancellationToken);
        await context.ExpectAbsentAsync(context.Key(), cancellationToken);
    }

    private static async Task PartNumber(ConformanceContext context, CancellationToken cancellationToken)
    {
        var uploads = context.Service<IMultipartUploads>();
        var upload = await uploads.CreateAsync(context.Key(), null, cancellationToken);
        foreach (var number in new[] { 0, -1, context.Capabilities.MaxParts + 1 })
        {
            await Expect.RefusedAsync(() => uploads.PutPartAsync(upload, number, ConformanceContext.Bytes(10), cancellationToken), $"part {number}");
        }

        Expect.Equal(0, await uploads.ListPartsAsync(upload, cancellationToken).CountAsync(cancellationToken), "the number of parts");
    }

    private static async Task UnknownPart(ConformanceContext context, CancellationToken cancellationToken)
    {
        var job = await StartAsync(context, parts: 1, cancellationToken);
        var part = await job.SendAsync(1, cancellationToken);
        var never = part with { Number = 2 };
        await Expect.FailsAsync(
            CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidPart, () => job.Uploads.CompleteAsync(job.Upload, [part with { Number = 1 }, never], null, cancellationToken));
        await context.ExpectAbsentAsync(context.Key(), cancellationToken);
    }

    private static async Task PartFromStream(ConformanceContext context, CancellationToken cancellationToken)
    {
        var uploads = context.Service<IMultipartUploads>();
        var bytes = ConformanceContext.Bytes(150_001);
        var upload = await uploads.CreateAsync(context.Key(), null, cancellationToken);
        var part = await uploads.PutPartAsync(upload, 1, new UnseekableStream(bytes) { StatedLength = bytes.Length }, cancellationToken);
        Expect.Equal(bytes.Length, part.Size);
        await uploads.CompleteAsync(upload, [part], null, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), bytes, "the body", cancellationToken);
    }

    private static async Task PartReplaced(ConformanceContext context, CancellationToken cancellationToken)
    {
        var job = await StartAsync(context, parts: 2, cancellationToken);
        await job.Uploads.PutPartAsync(job.Upload, 1, ConformanceContext.Bytes(job.Part(1).Length, 99), cancellationToken);
        await job.SendAsync(1, cancellationToken);
        await job.SendAsync(2, cancellationToken);
        await job.SendAsync(2, cancellationToken);
        Expect.Equal(2, await job.Uploads.ListPartsAsync(job.Upload, cancellationToken).CountAsync(cancellationToken), "the number of parts");
        await job.CompleteAsync(cancellationToken);
    }

    private static async Task Resume(ConformanceContext context, CancellationToken cancellationToken)
    {
        var job = await StartAsync(context, parts: 2, cancellationToken);
        await job.SendAsync(1, cancellationToken);
        var other = context.Service<IMultipartUploads>(context.Storage.GetBucket(context.Bucket.Name));
        var upload = new MultipartUpload(job.Upload.Key, job.Upload.UploadId);
        var parts = await other.ListPartsAsync(upload, cancellationToken).ToListAsync(cancellationToken);
        Expect.Sequence([1], parts.Select(part => part.Number), "the numbers of the parts that the store holds");
        parts.Add(await other.PutPartAsync(upload, 2, job.Part(2).ToArray(), cancellationToken));
        await other.CompleteAsync(upload, parts, null, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), job.Bytes, "the body", cancellationToken);
    }

    private static async Task ListParts(ConformanceContext context, CancellationToken cancellationToken)
    {
        var job = await StartAsync(context, parts: 3, cancellationToken);
        Expect.Equal(0, await job.Uploads.ListPartsAsync(job.Upload, cancellationToken).CountAsync(cancellationToken), "the number of parts at first");
        foreach (var number in new[] { 2, 3, 1 })
        {
            await job.SendAsync(number, cancellationToken);
        }

        var parts = await job.Uploads.ListPartsAsync(job.Upload, cancellationToken).ToListAsync(cancellationToken);
        Expect.Sequence(
            job.Sent.Values.OrderBy(part => part.Number).Select(part => (part.Number, part.Tag, part.Size)), parts.Select(part => (part.Number, part.Tag, part.Size)), "the parts");
    }

    private static async Task ListUploads(ConformanceContext context, CancellationToken cancellationToken)
    {
        var uploads = context.Service<IMultipartUploads>();
        string[] names = ["b/2", "a", "b/1", "c"];
        var made = new List<MultipartUpload>();
        foreach (var name in names)
        {
            made.Add(await uploads.CreateAsync(context.Key(name), null, cancellationToken));
        }

        var all = await uploads.ListUploadsAsync(context.Prefix, cancellationToken).ToListAsync(cancellationToken);
        Expect.Sequence(made.OrderBy(upload => upload.Key, StringComparer.Ordinal).Select(upload => (upload.Key, upload.UploadId)), all.Select(upload => (upload.Key, upload.UploadId)), "the uploads");
        var some = await uploads.ListUploadsAsync(context.Key("b"), cancellationToken).Select(upload => upload.Key).ToListAsync(cancellationToken);
        Expect.Sequence([context.Key("b/1"), context.Key("b/2")], some, "the uploads under a prefix");
    }

    private static async Task ListUploadsCompleted(ConformanceContext context, CancellationToken cancellationToken)
    {
        var uploads = context.Service<IMultipartUploads>();
        await WritePath.Multipart.WriteAsync(context, context.Key("done"), ConformanceContext.Bytes(10), null, cancellationToken);
        await uploads.AbortAsync(await uploads.CreateAsync(context.Key("aborted"), null, cancellationToken), cancellationToken);
        Expect.Equal(0, await uploads.ListUploadsAsync(context.Prefix, cancellationToken).CountAsync(cancellationToken), "the number of unfinished uploads");
    }

    private static async Task TwoOfOneKey(ConformanceContext context, CancellationToken cancellationToken)
    {
        var first = await StartAsync(context, parts: 1, cancellationToken, seed: 1);
        var second = await StartAsync(context, parts: 1, cancellationToken, seed: 2);
        Expect.NotEqual(first.Upload.UploadId, second.Upload.UploadId);
        await first.SendAsync(1, cancellationToken);
        await second.SendAsync(1, cancellationToken);
        var listed = await first.Uploads.ListUploadsAsync(context.Key(), cancellationToken).Select(upload => upload.UploadId).ToListAsync(cancellationToken);
        Expect.Sequence(
            new[] { first.Upload.UploadId, second.Upload.UploadId }.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal), "the ids of the uploads of one key");
        await first.Uploads.AbortAsync(first.Upload, cancellationToken);
        await second.CompleteAsync(cancellationToken);
    }

    private static async Task ManyPartsListed(ConformanceContext context, CancellationToken cancellationToken)
    {
        var count = Math.Min(context.Scale.PartCount, context.Capabilities.MaxParts);
        var uploads = context.Service<IMultipartUploads>();
        var upload = await uploads.CreateAsync(context.Key(), null, cancellationToken);
        await SendManyAsync(context, upload, Enumerable.Repeat(ReadOnlyMemory<byte>.Empty, count).Select((_, i) => (i + 1, new ReadOnlyMemory<byte>([(byte)i]))), cancellationToken);
        var numbers = await uploads.ListPartsAsync(upload, cancellationToken).Select(part => part.Number).ToListAsync(cancellationToken);
        Expect.Sequence(Enumerable.Range(1, count), numbers, "the numbers of the parts");
    }

    private static async Task ManyPartsCompleted(ConformanceContext context, CancellationToken cancellationToken)
    {
        var count = Math.Min(context.Scale.PartCount, context.Capabilities.MaxParts);
        var size = PartBytes(context, 1);
        var bytes = context.LargeBytes((long)count * size);
        var uploads = context.Service<IMultipartUploads>();
        var upload = await uploads.CreateAsync(context.Key(), null, cancellationToken);
        await SendManyAsync(context, upload, Enumerable.Range(0, count).Select(i => (i + 1, new ReadOnlyMemory<byte>(bytes, i * size, size))), cancellationToken);
        var parts = await uploads.ListPartsAsync(upload, cancellationToken).ToListAsync(cancellationToken);
        await uploads.CompleteAsync(upload, parts, null, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), bytes, "the body", cancellationToken);
    }

    private static Task SendManyAsync(ConformanceContext context, MultipartUpload upload, IEnumerable<(int Number, ReadOnlyMemory<byte> Bytes)> parts, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            parts,
            new ParallelOptions { MaxDegreeOfParallelism = context.Scale.Parallelism, CancellationToken = cancellationToken },
            async (part, token) => await context.Service<IMultipartUploads>().PutPartAsync(upload, part.Number, part.Bytes, token));

    private static Task<CloudException> BadKey(ConformanceContext context, CancellationToken cancellationToken) => Expect.FailsAsync(
        CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidKey, () => context.Service<IMultipartUploads>().CreateAsync("", null, cancellationToken));

    private static async Task Nulls(ConformanceContext context, CancellationToken cancellationToken)
    {
        var uploads = context.Service<IMultipartUploads>();
        var upload = await uploads.CreateAsync(context.Key(), null, cancellationToken);
        await Expect.ThrowsAsync<ArgumentNullException>(() => uploads.CreateAsync(null!, null, cancellationToken), "CreateAsync(null)");
        await Expect.ThrowsAsync<ArgumentNullException>(() => uploads.PutPartAsync(null!, 1, ObjectBody.Empty, cancellationToken), "PutPartAsync(null)");
        await Expect.ThrowsAsync<ArgumentNullException>(() => uploads.PutPartAsync(upload, 1, null!, cancellationToken), "PutPartAsync(null body)");
        await Expect.ThrowsAsync<ArgumentNullException>(() => uploads.CompleteAsync(upload, null!, null, cancellationToken), "CompleteAsync(null parts)");
        await Expect.ThrowsAsync<ArgumentNullException>(() => uploads.AbortAsync(null!, cancellationToken), "AbortAsync(null)");
    }

    private static async Task PullParts(ConformanceContext context, CancellationToken cancellationToken)
    {
        const int Offset = 7;
        const int LastBytes = 1_000;
        var size = PartBytes(context, 1 << 16);
        var bytes = context.LargeBytes(Offset + size + LastBytes);
        await context.Bucket.PutAsync(context.Key("source"), bytes, null, cancellationToken);
        var source = await context.Bucket.SignAsync(context.Key("source"), null, cancellationToken);
        var (uploads, pulls) = (context.Service<IMultipartUploads>(), context.Service<IPartPulls>());
        var upload = await uploads.CreateAsync(context.Key(), null, cancellationToken);
        var last = await pulls.PullPartAsync(upload, 2, source, Offset + size, LastBytes, cancellationToken);
        var first = await pulls.PullPartAsync(upload, 1, source, Offset, size, cancellationToken);
        Expect.Sequence([(1, (long)size), (2, (long)LastBytes)], [(first.Number, first.Size), (last.Number, last.Size)], "the parts");
        Expect.True(!first.Tag.IsEmpty && !last.Tag.IsEmpty, "the parts have tags");
        await uploads.CompleteAsync(upload, [first, last], null, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), bytes[Offset..], "the body", cancellationToken);
    }

    private static async Task PullPartsRefused(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, _) = await context.SeedAsync("source", 10, cancellationToken);
        var (uploads, pulls) = (context.Service<IMultipartUploads>(), context.Service<IPartPulls>());
        var source = await context.Bucket.SignAsync(key, null, cancellationToken);
        var put = new SignedRequest("PUT", source.Url, source.ExpiresAt);
        var withHeaders = new SignedRequest("GET", source.Url, source.ExpiresAt, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-secret"] = "1" });

        // Of an upload that is gone a request would say so: what is refused for its arguments was not sent.
        var gone = await uploads.CreateAsync(context.Key(), null, cancellationToken);
        await uploads.AbortAsync(gone, cancellationToken);
        await RefusedAsync(1, put, 1, "a signed PUT");
        await RefusedAsync(1, withHeaders, 1, "a GET that needs headers");
        await RefusedAsync(0, source, 1, "part 0");
        await RefusedAsync(context.Capabilities.MaxParts + 1, source, 1, "a part over the last");
        await RefusedAsync(1, source, 0, "length 0");
        await RefusedAsync(1, source, context.Capabilities.MaxPartBytes + 1, "a length over the largest");
        await Expect.FailsAsync(
            CloudErrorCode.NotFound, ObjectStorageErrorReasons.UploadNotFound, () => pulls.PullPartAsync(gone, 1, source, 0, 1, cancellationToken), "a pull into an upload that is gone");

        Task<CloudException> RefusedAsync(int number, SignedRequest request, long length, string what) =>
            Expect.FailsAsync(CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidPart, () => pulls.PullPartAsync(gone, number, request, 0, length, cancellationToken), what);
    }

    /// <summary>A size that parts other than the last may have.</summary>
    private static int PartBytes(ConformanceContext context, int least)
    {
        var multiple = Math.Max(1, context.Capabilities.PartMultipleBytes);
        return (int)((Math.Max(least, context.Capabilities.MinPartBytes) + multiple - 1) / multiple * multiple);
    }

    private static async Task<UploadJob> StartAsync(ConformanceContext context, int parts, CancellationToken cancellationToken, int seed = 1)
    {
        var size = PartBytes(context, 1 << 16);
        var bytes = context.LargeBytes(((parts - 1) * (long)size) + 1_000, seed);
        var uploads = context.Service<IMultipartUploads>();
        return new UploadJob(context, uploads, await uploads.CreateAsync(context.Key(), null, cancellationToken), bytes, size);
    }
}
