using System.Buffers;
using System.Globalization;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Stores a body that arrives as a stream, holding one part of it in memory at a time. Nothing is visible before its last byte, of as many as were stated, has come.</summary>
internal static class StreamedPut
{
    private const int PartBytes = 8 * 1024 * 1024;
    private const int MaxParts = 10_000;

    public static async Task<PutResult> RunAsync(BucketDriver bucket, string key, Stream body, long? length, PutOptions options, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(length is { } stated ? (int)Math.Clamp(stated + 1, 1, PartBytes) : PartBytes);
        try
        {
            var read = await FillAsync(body, buffer, cancellationToken).ConfigureAwait(false);
            if (read < buffer.Length)
            {
                CheckLength(read, length);
                return await bucket.PutAsync(key, Part(buffer, read), checksum: null, options, cancellationToken).ConfigureAwait(false);
            }

            return await PutPartsAsync(bucket, key, body, buffer, length, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<PutResult> PutPartsAsync(
        BucketDriver bucket, string key, Stream body, byte[] buffer, long? length, PutOptions options, CancellationToken cancellationToken)
    {
        var upload = await bucket.CreateUploadAsync(key, options, cancellationToken).ConfigureAwait(false);
        try
        {
            var parts = new List<UploadedPart>();
            long total = 0;
            for (var read = buffer.Length; read > 0; read = await FillAsync(body, buffer, cancellationToken).ConfigureAwait(false))
            {
                if (parts.Count == MaxParts)
                {
                    throw new CloudException(CloudErrorCode.InvalidArgument, string.Create(CultureInfo.InvariantCulture, $"A signed PUT takes at most {(long)PartBytes * MaxParts} bytes; upload in parts through the SDK."))
                    {
                        Reason = ObjectStorageErrorReasons.TooLarge,
                    };
                }

                parts.Add(await bucket.PutPartAsync(upload, parts.Count + 1, Part(buffer, read), checksum: null, cancellationToken).ConfigureAwait(false));
                total += read;
            }

            CheckLength(total, length);
            return await bucket.CompleteUploadAsync(upload, parts, checksum: null, options, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await bucket.AbortUploadAsync(upload, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static UploadBody Part(byte[] buffer, int count) => new(new ReadOnlySequence<byte>(buffer, 0, count));

    private static void CheckLength(long received, long? stated)
    {
        if (stated is { } length && received != length)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, string.Create(CultureInfo.InvariantCulture, $"The body has {received} bytes, not {length} as stated; nothing was stored."))
            {
                Reason = ObjectStorageErrorReasons.LengthMismatch,
            };
        }
    }

    private static async Task<int> FillAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, "The connection ended before the body did; nothing was stored.", exception)
            {
                Reason = ObjectStorageErrorReasons.LengthMismatch,
            };
        }
    }
}
