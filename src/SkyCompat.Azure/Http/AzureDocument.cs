using System.Buffers;
using System.Text;
using System.Xml;

namespace SkyCompat.Azure;

/// <summary>An XML reply in a borrowed buffer. The largest, a page of a list, is a few MiB; read at once it parses without an asynchronous reader's cost.</summary>
internal sealed class AzureDocument : IDisposable
{
    private const int MaxBytes = 64 << 20;
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
    };

    private byte[] _buffer;
    private int _start;
    private int _length;

    private AzureDocument(byte[] buffer) => _buffer = buffer;

    /// <summary>The bytes as they came.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(_start, _length - _start);

    public static async Task<AzureDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var size = response.Content.Headers.ContentLength ?? 0;
        var document = new AzureDocument(ArrayPool<byte>.Shared.Rent((int)Math.Clamp(size + 1, 4096, 1 << 20)));
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                await document.FillAsync(stream, cancellationToken).ConfigureAwait(false);
            }

            return document;
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    /// <summary>Reads the document from its root element on.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="read">Reads it.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unknown"/>: it is not the XML that it should be.</exception>
    public T Read<T>(Func<XmlReader, T> read)
    {
        try
        {
            using var reader = OpenReader();
            return read(reader);
        }
        catch (XmlException exception)
        {
            throw new CloudException(CloudErrorCode.Unknown, "The reply is not valid XML: something on the way answered in the service's place.", exception);
        }
    }

    /// <summary>Reads an error document; of what is none, nothing is read.</summary>
    public (string? Code, string? Message, string? AuthenticationDetail) ReadError()
    {
        string? code = null, message = null, detail = null;
        if (_length > _start)
        {
            try
            {
                using var reader = OpenReader();
                while (reader.ReadToElement())
                {
                    switch (reader.LocalName)
                    {
                        case "Code":
                            code ??= reader.ReadString();
                            break;
                        case "Message":
                            message ??= reader.ReadString();
                            break;
                        case "AuthenticationErrorDetail":
                            detail ??= reader.ReadString();
                            break;
                    }
                }
            }
            catch (XmlException)
            {
                // Not XML, or cut off: what was read so far decides.
            }
        }

        var lineEnd = message?.IndexOf('\n', StringComparison.Ordinal) ?? -1;
        return (code, lineEnd > 0 ? message![..lineEnd].TrimEnd() : message, detail);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _start = _length = 0;
        }
    }

    private XmlReader OpenReader()
    {
        var reader = XmlReader.Create(new MemoryStream(_buffer, _start, _length - _start, writable: false), Settings);
        reader.MoveToContent();
        return reader;
    }

    private async Task FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_length == _buffer.Length)
            {
                Grow();
            }

            var count = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                break;
            }

            _length += count;
        }

        // The service begins its documents with a byte order mark.
        _start = _buffer.AsSpan(0, _length).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
    }

    private void Grow()
    {
        if (_length >= MaxBytes)
        {
            throw new IOException($"The reply has more than {MaxBytes} bytes, which no reply of the service has.");
        }

        var larger = ArrayPool<byte>.Shared.Rent(_length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
