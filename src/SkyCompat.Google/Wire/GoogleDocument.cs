using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Xml;

namespace SkyCompat.Google;

/// <summary>The document of a reply, JSON or XML, in a borrowed buffer. The largest, a page of a list, is about a megabyte.</summary>
internal sealed class GoogleDocument : IDisposable
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

    private readonly PooledBytes _bytes;

    private GoogleDocument(PooledBytes bytes) => _bytes = bytes;

    /// <summary>What it says, without a byte order mark and the white space around it.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            var bytes = _bytes.Span;
            return (bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes).Trim(" \t\r\n"u8);
        }
    }

    public bool IsEmpty => Bytes.IsEmpty;

    /// <summary>Whether it is an XML error, which the end of an upload can bring with status 200.</summary>
    public bool IsXmlError => Bytes is var bytes && (bytes.StartsWith("<Error"u8) ||
        (bytes.StartsWith("<?xml"u8) && bytes.IndexOf("?>"u8) is var end and >= 0 && bytes[(end + 2)..].TrimStart(" \t\r\n"u8).StartsWith("<Error"u8)));

    public static async Task<GoogleDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var size = response.Content.Headers.ContentLength ?? 0;
        var bytes = new PooledBytes((int)Math.Clamp(size + 1, 1024, 1 << 20));
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                while (await stream.ReadAsync(bytes.GetMemory(1), cancellationToken).ConfigureAwait(false) is var count and > 0)
                {
                    bytes.Advance(count);
                    if (bytes.Length > MaxBytes)
                    {
                        throw new IOException($"The reply has more than {MaxBytes} bytes, which no reply of the store has.");
                    }
                }
            }

            return new GoogleDocument(bytes);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Reads JSON.</summary>
    /// <typeparam name="T">What it describes.</typeparam>
    /// <param name="type">How to read it.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unknown"/>: it is not the JSON that it should be.</exception>
    public T ReadJson<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Bytes, type) ?? throw NotGoogle(null);
        }
        catch (JsonException exception)
        {
            throw NotGoogle(exception);
        }
    }

    /// <summary>Reads XML, from the root element on.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="read">Reads it.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unknown"/>: it is not the XML that it should be.</exception>
    public T ReadXml<T>(Func<XmlReader, T> read)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(Bytes.ToArray(), writable: false), Settings);
            reader.MoveToContent();
            return read(reader);
        }
        catch (XmlException exception)
        {
            throw NotGoogle(exception);
        }
    }

    /// <summary>What an error says; empty if it is none of the store's.</summary>
    public GoogleErrorDocument ReadError()
    {
        var bytes = Bytes;
        if (bytes.IsEmpty)
        {
            return default;
        }

        return bytes[0] switch
        {
            (byte)'{' => ReadJsonError(bytes),
            (byte)'<' => ReadXmlError(bytes),
            // Some errors of the front end are a line of text.
            _ => new GoogleErrorDocument { IsForeign = true },
        };
    }

    public void Dispose() => _bytes.Dispose();

    /// <summary>Reads a JSON error, also one that came as a part of a batch.</summary>
    public static GoogleErrorDocument ReadJsonError(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var error = JsonSerializer.Deserialize(bytes, GoogleJson.Default.ErrorReply);
            return error?.Error is not { } said
                ? new GoogleErrorDocument { IsForeign = true }
                : new GoogleErrorDocument { Code = said.Errors is [{ Reason: { Length: > 0 } reason }, ..] ? reason : said.Status, Message = said.Message };
        }
        catch (JsonException)
        {
            // Of another shape, or cut off: the status decides.
            return new GoogleErrorDocument { IsForeign = true };
        }
    }

    private static GoogleErrorDocument ReadXmlError(ReadOnlySpan<byte> bytes)
    {
        string? code = null, message = null, details = null;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes.ToArray(), writable: false), Settings);
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
                    case "Details":
                        details ??= reader.ReadString();
                        break;
                }
            }
        }
        catch (XmlException)
        {
            // A web page, or cut off: what was read so far decides.
        }

        return new GoogleErrorDocument { Code = code, Message = details is null ? message : $"{message} {details}", IsForeign = code is null };
    }

    private static CloudException NotGoogle(Exception? exception) =>
        new(CloudErrorCode.Unknown, "The reply is not what Google sends: something on the way, such as a proxy, answered in its place, or the endpoint in configuration is wrong.", exception);
}
