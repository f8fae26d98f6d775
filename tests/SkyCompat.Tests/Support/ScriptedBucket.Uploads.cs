using System.Collections.Concurrent;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

/// <summary>Copies and uploads in parts.</summary>
internal sealed partial class ScriptedBucket
{
    private int _uploadIds;

    /// <summary>Uploads that were neither completed nor aborted.</summary>
    public ConcurrentDictionary<string, ScriptedUpload> Uploads { get; } = new(StringComparer.Ordinal);

    public override bool CanCopyFrom(BucketDriver source) => source is ScriptedBucket other && (other.Script == Script || storage.CopiesFrom == other.Script);

    public override bool IsInStoreOf(BucketDriver other) => other is ScriptedBucket bucket && bucket.Script == Script;

    public override async Task<PutResult> CopyAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("CopyObject", key, cancellationToken, c => c with { Source = source, Copy = options });
        var from = FindSource(source);
        if (from.Bytes.Length > Capabilities.MaxCopyBytes)
        {
            throw Errors.TooLarge();
        }

        var result = Store(key, from.Bytes, new PutOptions
        {
            Headers = options.Attributes?.Headers ?? from.Headers,
            Metadata = options.Attributes?.Metadata ?? from.Metadata,
            Tags = options.Attributes?.Tags ?? from.Tags,
            Tier = options.Tier ?? StorageTier.Standard,
            Condition = options.Condition,
        });
        await Script.EndAsync(call);
        return result with { Size = from.Bytes.Length };
    }

    public override async Task<MultipartUpload> CreateUploadAsync(string key, PutOptions options, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("CreateMultipartUpload", key, cancellationToken, c => c with { Put = options });
        var upload = new MultipartUpload(key, $"upload-{Interlocked.Increment(ref _uploadIds)}");
        Uploads[upload.UploadId] = new ScriptedUpload(upload, options);
        await Script.EndAsync(call);
        return upload;
    }

    public override async Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, UploadBody body, Checksum? checksum, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync(
            "PutPart", upload.Key, cancellationToken, c => c with { Upload = upload, Part = number, Body = body, Length = body.Length, Checksum = checksum });
        Promised(number >= 1 && number <= Capabilities.MaxParts, "a part number out of range");
        Promised(body.Length <= Capabilities.MaxPartBytes, "a part above MaxPartBytes");
        var part = FindUpload(upload).Add(number, await ReceiveAsync(body, checksum, cancellationToken), storage.NextTag());
        await Script.EndAsync(call);
        return part;
    }

    public override async Task<UploadedPart> CopyPartAsync(MultipartUpload upload, int number, CopySource source, long offset, long length, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("CopyPart", upload.Key, cancellationToken, c => c with { Upload = upload, Part = number, Source = source, Offset = offset, Length = length });
        var part = FindUpload(upload).Add(number, FindSource(source).Bytes.AsSpan((int)offset, (int)length).ToArray(), storage.NextTag());
        await Script.EndAsync(call);
        return part;
    }

    public override async Task<PartPage> ListPartsPageAsync(MultipartUpload upload, string? continuationToken, CancellationToken cancellationToken)
    {
        await Script.BeginAsync("ListParts", upload.Key, cancellationToken);
        return new PartPage([.. FindUpload(upload).Parts.OrderBy(p => p.Key).Select(p => new UploadedPart(p.Key, p.Value.Tag, p.Value.Bytes.Length))], null);
    }

    public override async Task<PutResult> CompleteUploadAsync(
        MultipartUpload upload, IReadOnlyList<UploadedPart> parts, Checksum? checksum, PutOptions options, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("CompleteMultipartUpload", upload.Key, cancellationToken, c => c with { Upload = upload, Put = options, Part = parts.Count, Checksum = checksum });
        var held = FindUpload(upload);
        Promised(parts.Count >= 1, "at least one part");
        var chosen = parts.Select(part => held.Parts[part.Number]).ToList();
        for (var i = 0; i < chosen.Count - 1; i++)
        {
            Promised(parts[i].Number < parts[i + 1].Number, "parts in order");
            Promised(chosen[i].Bytes.Length >= Capabilities.MinPartBytes, "a part below MinPartBytes");
            Promised(chosen[i].Bytes.Length % Capabilities.PartMultipleBytes == 0, "a part that is a multiple");
            Promised(!Capabilities.UniformParts || chosen[i].Bytes.Length == chosen[0].Bytes.Length, "parts of equal size");
        }

        Promised(held.Options == options, "the same options at create and complete");
        byte[] bytes = [.. chosen.SelectMany(part => part.Bytes)];
        Promised(checksum is null || checksum.Equals(ChecksumHasher.Compute(Capabilities.UploadChecksumAlgorithm, bytes)), "the checksum of the whole");
        var result = Store(upload.Key, bytes, options);
        Uploads.TryRemove(upload.UploadId, out _);
        await Script.EndAsync(call);
        return result;
    }

    public override async Task AbortUploadAsync(MultipartUpload upload, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("AbortMultipartUpload", upload.Key, cancellationToken, c => c with { Upload = upload });
        if (!Uploads.TryRemove(upload.UploadId, out _))
        {
            throw Errors.NotFound(ObjectStorageErrorReasons.UploadNotFound);
        }

        await Script.EndAsync(call);
    }

    public override async Task<UploadPage> ListUploadsPageAsync(string? prefix, string? continuationToken, CancellationToken cancellationToken)
    {
        await Script.BeginAsync("ListMultipartUploads", prefix, cancellationToken);
        return new UploadPage([.. Uploads.Values.Select(u => u.Upload).Where(u => u.Key.StartsWith(prefix ?? "", StringComparison.Ordinal)).OrderBy(u => u.Key, StringComparer.Ordinal)], null);
    }

    private static StoredObject FindSource(CopySource source)
    {
        var stored = ((ScriptedBucket)source.Bucket).Find(source.Key, source.VersionId) ?? throw Errors.NotFound(ObjectStorageErrorReasons.ObjectNotFound);
        return source.IfMatch.IsEmpty || source.IfMatch == stored.Tag ? stored : throw Errors.Precondition();
    }

    private ScriptedUpload FindUpload(MultipartUpload upload) =>
        Uploads.TryGetValue(upload.UploadId, out var held) ? held : throw Errors.NotFound(ObjectStorageErrorReasons.UploadNotFound);

    internal sealed record ScriptedUpload(MultipartUpload Upload, PutOptions Options)
    {
        public ConcurrentDictionary<int, (byte[] Bytes, VersionTag Tag)> Parts { get; } = new();

        public UploadedPart Add(int number, byte[] bytes, VersionTag tag)
        {
            Parts[number] = (bytes, tag);
            return new UploadedPart(number, tag, bytes.Length);
        }
    }
}
