using System.Buffers;
using System.Xml;

namespace SkyCompat.S3;

/// <summary>An XML reply in a borrowed buffer. The largest, a page of a list, is a few hundred KiB; read at once it parses without an asynchronous reader's cost.</summary>
internal sealed class S3Document : IDisposable
{
    private const int MaxBytes = 64 << 20;
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        // Old stores send control characters in keys as character references, which XML 1.0 forbids.
        CheckCharacters = false,
    };

    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]);

    private byte[] _buffer;
    private int _start;
    private int _length;

    private S3Document(byte[] buffer) => _buffer = buffer;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => _start == _length;

    /// <summary>Whether it is an error document; stores send them with status 200 too.</summary>
    public bool IsError => Bytes.StartsWith("<Error>"u8) || Bytes.StartsWith("<Error "u8) ||
        (Bytes.StartsWith("<?xml"u8) && Bytes.IndexOf("?>"u8) is var end and >= 0 && Bytes[(end + 2)..].TrimStart(" \t\r\n"u8).StartsWith("<Error"u8));

    private ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _length - _start);

    public static async Task<S3Document> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var size = response.Content.Headers.ContentLength ?? 0;
        var document = new S3Document(ArrayPool<byte>.Shared.Rent((int)Math.Clamp(size + 1, 4096, 1 << 20)));
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

    /// <summary>Reads an error document that did not come as the body of a reply.</summary>
    public static S3ErrorDocument ReadError(ReadOnlySpan<byte> bytes)
    {
        using var document = new S3Document(ArrayPool<byte>.Shared.Rent(bytes.Length));
        bytes.CopyTo(document._buffer);
        document._length = bytes.Length;
        return document.ReadError();
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
            throw new CloudException(
                CloudErrorCode.Unknown,
                "The reply is not valid XML. If a key here has control characters, the store needs UrlEncodedLists; otherwise something on the way answered in its place.",
                exception);
        }
    }

    /// <summary>The text of the first element of a name; null if there is none.</summary>
    public string? ReadValue(string element)
    {
        if (IsEmpty)
        {
            return null;
        }

        return Read(reader =>
        {
            while (reader.ReadToElement())
            {
                if (reader.LocalName == element)
                {
                    return reader.ReadString();
                }
            }

            return null;
        });
    }

    public S3ErrorDocument ReadError()
    {
        if (IsEmpty)
        {
            return default;
        }

        string? code = null, message = null, requestId = null, region = null;
        try
        {
            using var reader = OpenReader();
            // OSS and a few others wrap it in <ErrorResponse>, as other AWS services do.
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                switch (reader.LocalName)
                {
                    case "Code":
                        code ??= reader.ReadString();
                        break;
                    case "Message":
                        message ??= reader.ReadString();
                        break;
                    case "RequestId" or "RequestID":
                        requestId ??= reader.ReadString();
                        break;
                    case "Region":
                        region ??= reader.ReadString();
                        break;
                }
            }
        }
        catch (XmlException)
        {
            // Not XML, or cut off: what was read so far decides.
        }

        return new S3ErrorDocument { Code = code, Message = message, RequestId = requestId, Region = region, IsForeign = code is null };
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
        if (HasForbidden(Bytes) && Bytes.IndexOf("<EncodingType>url<"u8) >= 0)
        {
            EncodeForbidden();
        }

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

        // Stores that keep a long completion alive send white space in front, which XML forbids before its declaration; some send a byte order mark.
        var bytes = _buffer.AsSpan(0, _length);
        var trimmed = bytes.TrimStart(" \t\r\n"u8);
        if (trimmed.StartsWith("\uFEFF"u8))
        {
            trimmed = trimmed[3..];
        }

        _start = _length - trimmed.Length;
    }

    /// <summary>Whether there are octets that XML 1.0 cannot carry: control characters, and the noncharacters U+FFFE and U+FFFF.</summary>
    private static bool HasForbidden(ReadOnlySpan<byte> bytes) =>
        bytes.ContainsAny(Controls) || bytes.IndexOf("\uFFFE"u8) >= 0 || bytes.IndexOf("\uFFFF"u8) >= 0;

    /// <summary>In a list with URL encoding stores encode the keys, but some repeat the prefix and the marker as they are. Encoding those octets too says the same, in XML.</summary>
    private void EncodeForbidden()
    {
        var source = _buffer;
        var target = ArrayPool<byte>.Shared.Rent((_length - _start) * 3);
        var length = 0;
        for (var i = _start; i < _length; i++)
        {
            var count = Controls.Contains(source[i]) ? 1
                : i + 2 < _length && source[i] == 0xEF && source[i + 1] == 0xBF && source[i + 2] >= 0xBE ? 3
                : 0;
            if (count == 0)
            {
                target[length++] = source[i];
                continue;
            }

            foreach (var octet in source.AsSpan(i, count))
            {
                target[length++] = (byte)'%';
                target[length++] = (byte)UriCharacters.HexDigit(octet >> 4);
                target[length++] = (byte)UriCharacters.HexDigit(octet & 15);
            }

            i += count - 1;
        }

        ArrayPool<byte>.Shared.Return(source);
        (_buffer, _start, _length) = (target, 0, length);
    }

    private void Grow()
    {
        if (_length >= MaxBytes)
        {
            throw new IOException($"The reply has more than {MaxBytes} bytes, which no reply of a store has.");
        }

        var larger = ArrayPool<byte>.Shared.Rent(_length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
