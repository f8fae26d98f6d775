using System.Buffers;
using System.Runtime.CompilerServices;
using SkyCompat.Memory;

namespace SkyCompat.ObjectStorage;

/// <summary>Uploads part by part over a driver.</summary>
internal sealed class MultipartUploads(BucketContext bucket, WriteRequests requests) : IMultipartUploads, IHashedParts
{
    public Task<MultipartUpload> CreateAsync(string key, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Trace(
            "CreateMultipartUpload",
            key,
            async token =>
            {
                var capabilities = await CheckAsync(token).ConfigureAwait(false);
                var checkedOptions = requests.Check(key, options ?? WriteRequests.DefaultOptions, capabilities);
                requests.RequireMultipart(checkedOptions.Condition, capabilities);
                return await requests.CreateUploadAsync(key, checkedOptions, token).ConfigureAwait(false);
            },
            cancellationToken);
    }

    public Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, ObjectBody body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        ArgumentNullException.ThrowIfNull(body);
        return PutPartAsync(upload, number, body, checksum: null, cancellationToken);
    }

    public Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, ReadOnlySequence<byte> bytes, Checksum checksum, CancellationToken cancellationToken) =>
        PutPartAsync(upload, number, ObjectBody.FromBytes(bytes), checksum, cancellationToken);

    public async IAsyncEnumerable<UploadedPart> ListPartsAsync(MultipartUpload upload, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        using var activity = bucket.Calls.StartActivity("ListParts", bucket.Name, upload.Key);
        await CheckAsync(cancellationToken).ConfigureAwait(false);
        string? continuation = null;
        do
        {
            var page = await bucket.SendAsync(
                "ListParts", upload.Key, (bucket.Driver, upload, continuation), static (s, attempt) => s.Driver.ListPartsPageAsync(s.upload, s.continuation, attempt.Token), cancellationToken).ConfigureAwait(false);
            foreach (var part in page.Parts)
            {
                yield return part;
            }

            continuation = page.ContinuationToken;
        }
        while (continuation is not null);
    }

    public Task<PutResult> CompleteAsync(MultipartUpload upload, IReadOnlyCollection<UploadedPart> parts, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        ArgumentNullException.ThrowIfNull(parts);
        return Trace("CompleteMultipartUpload", upload.Key, token => CompleteCoreAsync(upload, parts, options ?? WriteRequests.DefaultOptions, token), cancellationToken);
    }

    public Task AbortAsync(MultipartUpload upload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return Trace(
            "AbortMultipartUpload",
            upload.Key,
            async token =>
            {
                await CheckAsync(token).ConfigureAwait(false);
                await requests.SendAbortAsync(upload, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    public async IAsyncEnumerable<MultipartUpload> ListUploadsAsync(string? prefix = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var activity = bucket.Calls.StartActivity("ListMultipartUploads", bucket.Name, null);
        await CheckAsync(cancellationToken).ConfigureAwait(false);
        KeyRules.CheckListText(prefix);
        string? continuation = null;
        do
        {
            var page = await bucket.SendAsync(
                "ListMultipartUploads", null, (bucket.Driver, prefix, continuation), static (s, attempt) => s.Driver.ListUploadsPageAsync(s.prefix, s.continuation, attempt.Token), cancellationToken).ConfigureAwait(false);
            foreach (var upload in page.Uploads)
            {
                yield return upload;
            }

            continuation = page.ContinuationToken;
        }
        while (continuation is not null);
    }

    private static CloudException InvalidPart(string message) => new(CloudErrorCode.InvalidArgument, message) { Reason = ObjectStorageErrorReasons.InvalidPart };

    private static CloudException LengthMismatch(string what) =>
        new(CloudErrorCode.InvalidArgument, $"The body has {what}. The part was not sent.") { Reason = ObjectStorageErrorReasons.LengthMismatch };

    private async Task<PutResult> CompleteCoreAsync(MultipartUpload upload, IReadOnlyCollection<UploadedPart> parts, PutOptions options, CancellationToken cancellationToken)
    {
        var capabilities = await CheckAsync(cancellationToken).ConfigureAwait(false);
        options = requests.Check(upload.Key, options, capabilities);
        requests.RequireMultipart(options.Condition, capabilities);
        UploadedPart[] ordered = [.. parts.OrderBy(part => part.Number)];
        for (var i = 0; i < ordered.Length; i++)
        {
            if (i > 0 && ordered[i].Number == ordered[i - 1].Number)
            {
                throw InvalidPart($"Part {ordered[i].Number} is given twice.");
            }

            if (i < ordered.Length - 1 && ordered[i].Size < capabilities.MinPartBytes)
            {
                throw InvalidPart($"Part {ordered[i].Number} has {ordered[i].Size} bytes; all but the last need {capabilities.MinPartBytes}.");
            }

            if (capabilities.UniformParts && i < ordered.Length - 1 && ordered[i].Size != ordered[0].Size)
            {
                throw InvalidPart($"Part {ordered[i].Number} has {ordered[i].Size} bytes and part {ordered[0].Number} {ordered[0].Size}; this provider wants all but the last of the same size.");
            }
        }

        if (ordered.Length == 0)
        {
            // No provider joins no parts: the empty object is sent as part 1.
            ordered = [await requests.PutPartAsync(upload, 1, ReadOnlySequence<byte>.Empty, known: null, capabilities, cancellationToken).ConfigureAwait(false)];
        }

        var result = await requests.CompleteUploadAsync(upload, ordered, options, writeId: null, capabilities, cancellationToken).ConfigureAwait(false);
        return result with { Size = ordered.Sum(part => part.Size), Checksum = WriteRequests.CombineChecksums(ordered, ChecksumAlgorithm.Crc32C) ?? result.Checksum };
    }

    private Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, ObjectBody body, Checksum? checksum, CancellationToken cancellationToken) => Trace(
        "PutPart",
        upload.Key,
        async token =>
        {
            var capabilities = await CheckAsync(token).ConfigureAwait(false);
            if (number < 1 || number > capabilities.MaxParts)
            {
                throw InvalidPart($"Part numbers are from 1 to {capabilities.MaxParts}, not {number}.");
            }

            using var buffer = await BufferAsync(body, capabilities, token).ConfigureAwait(false);
            var bytes = buffer?.GetBytes() ?? (body.TryGetBytes(out var memory) ? memory : ReadOnlySequence<byte>.Empty);
            if (bytes.Length > capabilities.MaxPartBytes)
            {
                throw InvalidPart($"The part has {bytes.Length} bytes; the provider takes {capabilities.MaxPartBytes}.");
            }

            return await requests.PutPartAsync(upload, number, bytes, checksum, capabilities, token).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>The bytes of a body that is not in memory; null if it is.</summary>
    private async Task<PooledBuffer?> BufferAsync(ObjectBody body, BucketCapabilities capabilities, CancellationToken cancellationToken)
    {
        if (body.TryGetBytes(out _))
        {
            return null;
        }

        var length = body.Length ?? throw InvalidPart("A part needs a body of known length.");
        if (length > capabilities.MaxPartBytes)
        {
            throw InvalidPart($"The part has {length} bytes; the provider takes {capabilities.MaxPartBytes}.");
        }

        var buffer = await PooledBuffer.CreateAsync(bucket.Budget, length, cancellationToken).ConfigureAwait(false);
        try
        {
            var stream = body.OpenStream();
            await using (stream.ConfigureAwait(false))
            {
                while (!buffer.IsFull)
                {
                    var read = await stream.ReadAsync(buffer.GetMemory(), cancellationToken).ConfigureAwait(false);
                    buffer.Advance(read > 0 ? read : throw LengthMismatch($"{buffer.Length} bytes, and {length} were stated"));
                }

                if (await stream.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
                {
                    throw LengthMismatch($"more than the {length} bytes stated");
                }
            }

            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private async Task<BucketCapabilities> CheckAsync(CancellationToken cancellationToken)
    {
        var capabilities = await bucket.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        bucket.Require(capabilities, BucketFeatures.Multipart, "take an object in parts");
        return capabilities;
    }

    private Task<TResult> Trace<TResult>(string operation, string key, Func<CancellationToken, Task<TResult>> run, CancellationToken cancellationToken) =>
        bucket.Calls.TraceAsync(operation, bucket.Name, key, run, static (action, token) => new ValueTask<TResult>(action(token)), cancellationToken);
}
