using System.Buffers;
using System.Text.Json;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>Parts of a multipart upload.</summary>
internal sealed class UploadSink : PartSink
{
    private readonly IMultipartUploads _uploads;
    private readonly IPartPulls? _pulls;
    private readonly MultipartUpload _upload;
    private readonly PutOptions _options;

    private UploadSink(IBucket bucket, IMultipartUploads uploads, MultipartUpload upload, PutOptions options, long partBytes, BucketCapabilities capabilities)
    {
        _uploads = uploads;
        _pulls = bucket.GetService<IPartPulls>();
        _upload = upload;
        _options = options;
        PartBytes = partBytes;
        PartChecksum = uploads is IHashedParts && capabilities.Supports(BucketFeatures.UploadChecksum) ? capabilities.UploadChecksumAlgorithm : null;
    }

    public override string State => JsonSerializer.Serialize(new UploadState(_upload.UploadId, PartBytes), TransferJson.Default.UploadState);

    public override long PartBytes { get; }

    public override ChecksumAlgorithm? PartChecksum { get; }

    public static async Task<PartSink> OpenAsync(IBucket bucket, string key, PutOptions options, long partBytes, BucketCapabilities capabilities, string? state, CancellationToken cancellationToken)
    {
        var uploads = bucket.GetService<IMultipartUploads>()
            ?? throw new CloudException(CloudErrorCode.Unsupported, $"Bucket '{bucket.Name}' takes no object in parts.") { Resource = bucket.Name };
        if (state is not null)
        {
            var known = JsonSerializer.Deserialize(state, TransferJson.Default.UploadState)!;
            return new UploadSink(bucket, uploads, new MultipartUpload(key, known.UploadId), options, known.PartBytes, capabilities);
        }

        // Without the caller's token: an upload that was started must become known, so that it can be aborted or gone on with.
        var upload = await uploads.CreateAsync(key, options, CancellationToken.None).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
        {
            await uploads.AbortAsync(upload, CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new UploadSink(bucket, uploads, upload, options, partBytes, capabilities);
    }

    public override Task<UploadedPart> PutPartAsync(int number, ReadOnlySequence<byte> bytes, Checksum? checksum, CancellationToken cancellationToken) =>
        checksum is not null && _uploads is IHashedParts hashed
            ? hashed.PutPartAsync(_upload, number, bytes, checksum, cancellationToken)
            : _uploads.PutPartAsync(_upload, number, ObjectBody.FromBytes(bytes), cancellationToken);

    public override Task<UploadedPart> PullPartAsync(int number, SignedRequest source, long offset, long length, CancellationToken cancellationToken) =>
        _pulls!.PullPartAsync(_upload, number, source, offset, length, cancellationToken);

    public override Task<PutResult> CompleteAsync(IReadOnlyCollection<UploadedPart> parts, CancellationToken cancellationToken) =>
        _uploads.CompleteAsync(_upload, parts, _options, cancellationToken);

    public override Task AbortAsync(CancellationToken cancellationToken) => _uploads.AbortAsync(_upload, cancellationToken);
}
