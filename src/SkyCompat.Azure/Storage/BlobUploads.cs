using System.Collections.Concurrent;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Multipart uploads by uncommitted blocks. The service knows blocks and no uploads, so an upload is a small block of its own, its marker: two bytes long once the upload was aborted.</summary>
internal sealed class BlobUploads(AzureClient client, BlockLists blocks)
{
    /// <summary>The tag of a part without bytes, for which there is no block: the service takes none that is empty.</summary>
    private const string EmptyPart = "empty";

    private const int LiveBytes = 1;
    private const int AbortedBytes = 2;
    private const int MaxRemembered = 10_000;
    private const int UploadsPerPage = 100;

    /// <summary>Uploads that are known to have a marker, so that it is not looked for before each part.</summary>
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    public async Task<MultipartUpload> CreateAsync(string key, CancellationToken cancellationToken)
    {
        var id = BlockId.NewUpload();
        await blocks.WithoutStaleBlocksAsync(
            key,
            async () =>
            {
                await PutMarkerAsync(key, id, LiveBytes, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        Remember(id);
        return new MultipartUpload(key, id) { StartedAt = client.Context.Clock.Now };
    }

    public async Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, UploadBody body, Checksum? checksum, CancellationToken cancellationToken)
    {
        await RequireAsync(upload, cancellationToken).ConfigureAwait(false);
        if (body.Length == 0)
        {
            return new UploadedPart(number, VersionTag.Parse(EmptyPart), 0, checksum);
        }

        var id = IdOf(upload, number);
        await blocks.PutAsync(upload.Key, id, body, checksum, cancellationToken).ConfigureAwait(false);
        return new UploadedPart(number, VersionTag.Parse(id), body.Length, checksum);
    }

    public async Task<UploadedPart> CopyPartAsync(MultipartUpload upload, int number, CopySource source, long offset, long length, CancellationToken cancellationToken)
    {
        await RequireAsync(upload, cancellationToken).ConfigureAwait(false);
        var id = IdOf(upload, number);
        var checksum = await blocks.CopyAsync(upload.Key, id, source, ByteRange.Slice(offset, length), cancellationToken).ConfigureAwait(false);
        return new UploadedPart(number, VersionTag.Parse(id), length, checksum);
    }

    public async Task<UploadedPart> PullPartAsync(MultipartUpload upload, int number, SignedRequest source, long offset, long length, CancellationToken cancellationToken)
    {
        await RequireAsync(upload, cancellationToken).ConfigureAwait(false);
        var id = IdOf(upload, number);
        var checksum = await blocks.PullAsync(upload.Key, id, source.Url, ByteRange.Slice(offset, length), cancellationToken).ConfigureAwait(false);
        return new UploadedPart(number, VersionTag.Parse(id), length, checksum);
    }

    public async Task<PartPage> ListPartsAsync(MultipartUpload upload, string? continuationToken, CancellationToken cancellationToken)
    {
        if (continuationToken is not null)
        {
            // All blocks come at once, so no token was ever given out.
            throw new CloudException(CloudErrorCode.InvalidArgument, "The continuation token was not made by this list.") { Reason = ObjectStorageErrorReasons.InvalidToken };
        }

        var parts = new List<UploadedPart>();
        foreach (var block in await FindBlocksAsync(upload, cancellationToken).ConfigureAwait(false))
        {
            if (BlockId.TryParse(block.Id, out var uploadId, out var number) && uploadId == upload.UploadId && number != BlockId.Marker)
            {
                parts.Add(new UploadedPart(number, VersionTag.Parse(block.Id), block.Size));
            }
        }

        parts.Sort(static (left, right) => left.Number - right.Number);
        return new PartPage(parts, null);
    }

    public async Task<PutResult> CompleteAsync(MultipartUpload upload, IReadOnlyList<UploadedPart> parts, Checksum? checksum, PutOptions options, CancellationToken cancellationToken)
    {
        var ids = new List<string>(parts.Count);
        var areOwn = true;
        foreach (var part in parts)
        {
            var tag = part.Tag.ToString();
            if (tag != EmptyPart)
            {
                ids.Add(tag);
                areOwn &= BlockId.TryParse(tag, out var uploadId, out var number) && uploadId == upload.UploadId && number == part.Number;
            }
        }

        if (areOwn && ids.Count > 0)
        {
            await RequireAsync(upload, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await FindBlocksAsync(upload, cancellationToken).ConfigureAwait(false);
        }

        if (!areOwn)
        {
            throw InvalidPart();
        }

        try
        {
            var result = await blocks.CommitAsync(upload.Key, ids, options, checksum, committed: false, cancellationToken).ConfigureAwait(false);
            _known.TryRemove(upload.UploadId, out _);
            return result;
        }
        catch (CloudException exception) when (BlockLists.IsMissingBlock(exception))
        {
            // Either a part was never sent, or another write to the key discarded them all: the marker tells.
            if (await IsLiveAsync(upload, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }

            throw await blocks.ExplainDiscardedAsync(upload.Key, options.Condition, Unknown(), cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task AbortAsync(MultipartUpload upload, CancellationToken cancellationToken)
    {
        if (!_known.TryRemove(upload.UploadId, out _))
        {
            await FindBlocksAsync(upload, cancellationToken).ConfigureAwait(false);
        }

        await PutMarkerAsync(upload.Key, upload.UploadId, AbortedBytes, cancellationToken).ConfigureAwait(false);
        _known.TryRemove(upload.UploadId, out _);
    }

    public async Task<UploadPage> ListUploadsAsync(string? prefix, string? continuationToken, CancellationToken cancellationToken)
    {
        var request = BlobLister.CreateRequest(client, prefix, ListToken.Read(continuationToken), UploadsPerPage, include: "uncommittedblobs");
        var (blobs, next) = await BlobLister.SendAsync(client, request, cancellationToken).ConfigureAwait(false);
        var uploads = new List<MultipartUpload>();
        foreach (var blob in blobs)
        {
            // A blob of which nothing was committed yet is listed as an empty one.
            if (blob.Size == 0 && !blob.IsDirectory && await blocks.TryListAsync(blob.Name, committed: false, cancellationToken).ConfigureAwait(false) is { } found)
            {
                foreach (var block in found)
                {
                    if (block.Size == LiveBytes && BlockId.TryParse(block.Id, out var uploadId, out var number) && number == BlockId.Marker)
                    {
                        uploads.Add(new MultipartUpload(blob.Name, uploadId));
                    }
                }
            }
        }

        uploads.Sort(static (left, right) => KeyOrder.Compare(left.Key, right.Key));
        return new UploadPage(uploads, ListToken.Create(next, continuationToken));
    }

    private static CloudException Unknown() => new(
        CloudErrorCode.NotFound, "The multipart upload does not exist: it was completed or aborted, or another write to the same key discarded its parts.") { Reason = ObjectStorageErrorReasons.UploadNotFound };

    private static CloudException InvalidPart() =>
        new(CloudErrorCode.InvalidArgument, "A part of the upload is not the one that was sent under its number.") { Reason = ObjectStorageErrorReasons.InvalidPart };

    private static string IdOf(MultipartUpload upload, int number) => BlockId.TryCreate(upload.UploadId, number, out var id) ? id : throw Unknown();

    private async Task PutMarkerAsync(string key, string uploadId, int bytes, CancellationToken cancellationToken)
    {
        var body = new UploadBody(new(new byte[bytes]));
        await using (body.ConfigureAwait(false))
        {
            await blocks.PutAsync(key, IdOf(new MultipartUpload(key, uploadId), BlockId.Marker), body, checksum: null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>An upload that this process did not start is looked for before its first part.</summary>
    private async ValueTask RequireAsync(MultipartUpload upload, CancellationToken cancellationToken)
    {
        if (!_known.ContainsKey(upload.UploadId))
        {
            await FindBlocksAsync(upload, cancellationToken).ConfigureAwait(false);
            Remember(upload.UploadId);
        }
    }

    /// <summary>The blocks of a key, if they are those of the upload too.</summary>
    private async Task<List<ListedBlock>> FindBlocksAsync(MultipartUpload upload, CancellationToken cancellationToken)
    {
        var marker = IdOf(upload, BlockId.Marker);
        return await blocks.TryListAsync(upload.Key, committed: false, cancellationToken).ConfigureAwait(false) is { } found && found.Contains(new ListedBlock(marker, LiveBytes))
            ? found
            : throw Unknown();
    }

    private async Task<bool> IsLiveAsync(MultipartUpload upload, CancellationToken cancellationToken) =>
        await blocks.TryListAsync(upload.Key, committed: false, cancellationToken).ConfigureAwait(false) is { } found && found.Contains(new ListedBlock(IdOf(upload, BlockId.Marker), LiveBytes));

    private void Remember(string uploadId)
    {
        // Uploads that were started and left are forgotten at some time; they are only looked for again.
        if (_known.Count >= MaxRemembered)
        {
            _known.Clear();
        }

        _known[uploadId] = true;
    }
}
