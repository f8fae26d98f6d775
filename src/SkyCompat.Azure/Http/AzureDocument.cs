using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Xml;
using SkyCompat.Memory;

namespace SkyCompat.Azure;

/// <summary>An XML reply in borrowed buffers. The largest, a page of a list, has several MiB; read at once it parses without an asynchronous reader's cost.</summary>
internal sealed class AzureDocument : IDisposable
{
    private const int MaxBytes = 64 << 20;

    // Small enough to be collected with the youngest objects: a page of a list has 8 MiB, and the pool would keep that much for ever.
    private const int SlabBytes = 1 << 16;
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
    };

    private readonly PooledBuffer _buffer;

    private AzureDocument(PooledBuffer buffer) => _buffer = buffer;

    /// <summary>The bytes as they came.</summary>
    public ReadOnlySequence<byte> Bytes { get; private set; }

    public static async Task<AzureDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var size = response.Content.Headers.ContentLength ?? SlabBytes;
        var document = new AzureDocument(new PooledBuffer(budget: null, MaxBytes, (int)Math.Clamp(size + 1, 4096, SlabBytes)));
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
        if (!Bytes.IsEmpty)
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
        Bytes = default;
        _buffer.Dispose();
    }

    private XmlReader OpenReader()
    {
        var reader = XmlReader.Create(PipeReader.Create(Bytes).AsStream(), Settings);
        reader.MoveToContent();
        return reader;
    }

    private async Task FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (await stream.ReadAsync(_buffer.GetMemory(), cancellationToken).ConfigureAwait(false) is var count and > 0)
        {
            _buffer.Advance(count);
            if (_buffer.IsFull)
            {
                throw new IOException($"The reply has more than {MaxBytes} bytes, which no reply of the service has.");
            }
        }

        // The service begins its documents with a byte order mark.
        var bytes = _buffer.GetBytes();
        Bytes = bytes.FirstSpan.StartsWith(Encoding.UTF8.Preamble) ? bytes.Slice(Encoding.UTF8.Preamble.Length) : bytes;
    }
}
