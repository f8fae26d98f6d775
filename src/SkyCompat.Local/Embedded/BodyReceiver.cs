using System.Buffers;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Takes the bytes of a put or part: checks them and writes large ones to a file, complete and durable before the index can name it.</summary>
internal sealed class BodyReceiver(BodyFiles files, int inlineMaxBytes)
{
    public async Task<ReceivedBody> ReceiveAsync(string key, UploadBody body, Checksum? checksum, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (body.Length <= inlineMaxBytes)
        {
            // A body in one piece is bound from where it is: the caller keeps it until the write ends.
            var bytes = body.Bytes.IsSingleSegment ? body.Bytes.First : body.Bytes.ToArray();
            var crc = Crc32C.Append(0, bytes.Span);
            StoredCrc.Verify(crc, checksum, key);
            return new ReceivedBody(bytes.Length, crc, bytes, File: 0);
        }

        // Writing and flushing block, so they go to the pool: the caller may be starting many writes at once.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await WriteFileAsync(key, body, checksum, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a body that did not come to be an object.</summary>
    public void Drop(ReceivedBody body, Exception reason)
    {
        if (body.File == 0)
        {
            return;
        }

        if (reason is CloudException { MayHaveTakenEffect: true } || !files.TryDelete(body.File))
        {
            files.MarkUncertain();
        }
    }

    private async Task<ReceivedBody> WriteFileAsync(string key, UploadBody body, Checksum? checksum, CancellationToken cancellationToken)
    {
        var (handle, id) = files.Create();
        try
        {
            using (handle)
            {
                var sink = new BodyFileSink(handle);
                await using (sink.ConfigureAwait(false))
                {
                    await body.CopyToAsync(sink, cancellationToken).ConfigureAwait(false);
                    StoredCrc.Verify(sink.Crc, checksum, key);
                    files.Flush(handle);
                    return new ReceivedBody(body.Length, sink.Crc, default, id);
                }
            }
        }
        catch (Exception exception)
        {
            if (!files.TryDelete(id))
            {
                files.MarkUncertain();
            }

            if (exception is IOException or UnauthorizedAccessException)
            {
                throw FileErrors.Map(exception, files.PathOf(id));
            }

            throw;
        }
    }
}
