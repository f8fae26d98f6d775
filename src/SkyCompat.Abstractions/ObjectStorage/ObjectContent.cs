using System.IO.Pipelines;
using System.Text;

namespace SkyCompat.ObjectStorage;

/// <summary>An opened object: its properties and its body, from one request. Read the body once, by one reader; dispose it to free the connection.</summary>
public sealed class ObjectContent : IAsyncDisposable
{
    private readonly Stream _body;

    /// <summary>Creates an opened object.</summary>
    /// <param name="info">The properties of the whole object.</param>
    /// <param name="offset">Where the body starts in the object.</param>
    /// <param name="length">How many bytes the body has.</param>
    /// <param name="body">The body; owned from here on.</param>
    public ObjectContent(ObjectInfo info, long offset, long length, Stream body)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(body);
        Info = info;
        Offset = offset;
        Length = length;
        _body = body;
    }

    /// <summary>The properties of the whole object.</summary>
    public ObjectInfo Info { get; }

    /// <summary>Where the body starts in the object: the range that was really served.</summary>
    public long Offset { get; }

    /// <summary>How many bytes the body has.</summary>
    public long Length { get; }

    /// <summary>The body as a stream; disposing it is the same as disposing this.</summary>
    /// <returns>A forward-only stream.</returns>
    public Stream AsStream() => _body;

    /// <summary>The body as a pipe.</summary>
    /// <returns>A reader; complete it, then dispose this.</returns>
    public PipeReader AsPipe() => PipeReader.Create(_body, new StreamPipeReaderOptions(leaveOpen: true));

    /// <summary>Copies the body.</summary>
    /// <param name="destination">Where to; left open.</param>
    /// <param name="cancellationToken">Stops the copy.</param>
    /// <returns>A task that ends with the last byte.</returns>
    /// <exception cref="CloudException">As for <see cref="IBucket.GetAsync"/>.</exception>
    public Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default) => _body.CopyToAsync(destination, cancellationToken);

    /// <summary>Reads the whole body into one array; meant for small objects.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="CloudException">As for <see cref="IBucket.GetAsync"/>; <see cref="CloudErrorCode.InvalidArgument"/> with reason
    /// <see cref="ObjectStorageErrorReasons.TooLarge"/> if it does not fit an array (about 2 GiB).</exception>
    public async Task<byte[]> ReadBytesAsync(CancellationToken cancellationToken = default)
    {
        if (Length > Array.MaxLength)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, $"The body of {Length} bytes does not fit an array; read it as a stream.")
            {
                Reason = ObjectStorageErrorReasons.TooLarge,
                Resource = Info.Key,
            };
        }

        var bytes = Length == 0 ? [] : GC.AllocateUninitializedArray<byte>((int)Length);
        await _body.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>Reads the whole body as UTF-8 text; meant for small objects.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The text.</returns>
    /// <exception cref="CloudException">As for <see cref="ReadBytesAsync"/>.</exception>
    public async Task<string> ReadTextAsync(CancellationToken cancellationToken = default) =>
        Encoding.UTF8.GetString(await ReadBytesAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Frees the connection. An unread rest is not fetched.</summary>
    /// <returns>A task that ends when it is free.</returns>
    public ValueTask DisposeAsync() => _body.DisposeAsync();
}
