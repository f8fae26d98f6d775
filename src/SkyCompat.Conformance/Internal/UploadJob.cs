using System.Collections.Concurrent;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Internal;

/// <summary>An upload in parts of one size, the last one smaller, and what was sent of it.</summary>
internal sealed class UploadJob(ConformanceContext context, IMultipartUploads uploads, MultipartUpload upload, byte[] bytes, int partBytes)
{
    public IMultipartUploads Uploads => uploads;

    public MultipartUpload Upload => upload;

    public byte[] Bytes => bytes;

    public ConcurrentDictionary<int, UploadedPart> Sent { get; } = new();

    public ReadOnlyMemory<byte> Part(int number) => bytes.AsMemory((number - 1) * partBytes, Math.Min(partBytes, bytes.Length - ((number - 1) * partBytes)));

    public async Task<UploadedPart> SendAsync(int number, CancellationToken cancellationToken) =>
        Sent[number] = await uploads.PutPartAsync(upload, number, Part(number), cancellationToken);

    /// <summary>Completes with all that was sent, and expects the whole body.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var result = await uploads.CompleteAsync(upload, [.. Sent.Values], null, cancellationToken);
        Expect.Equal(bytes.Length, result.Size, "the size of the result");
        await context.ExpectBytesAsync(upload.Key, bytes, "the body", cancellationToken);
    }
}
