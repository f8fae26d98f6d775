using System.Text;

namespace SkyCompat.Contracts.Checking;

/// <summary>Reads the parts of <c>multipart</c> bodies.</summary>
internal static class MultipartText
{
    /// <summary>The first part with its type; null if there is none.</summary>
    public static (string? Type, ReadOnlyMemory<byte> Body)? FirstPart(string contentType, ReadOnlyMemory<byte> body) =>
        Parts(contentType, body).Select(part => ((string? Type, ReadOnlyMemory<byte> Body)?)(part.Headers.FirstOrDefault(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value, part.Body)).FirstOrDefault();

    /// <summary>The parts that are there whole; the end of a body may be missing.</summary>
    public static IEnumerable<(List<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)> Parts(string contentType, ReadOnlyMemory<byte> body)
    {
        var at = contentType.IndexOf("boundary=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            yield break;
        }

        var boundary = contentType[(at + 9)..].Split(';')[0].Trim().Trim('"');
        var mark = Encoding.ASCII.GetBytes("--" + boundary);
        var start = body.Span.IndexOf(mark);
        while (start >= 0)
        {
            var rest = body[(start + mark.Length)..];
            var end = rest.Span.IndexOf(mark);
            if (end < 0)
            {
                yield break;
            }

            var part = rest[..end];
            var (headers, content) = SplitHead(part);

            // The line break before the mark belongs to the mark.
            yield return (headers, content.Span.EndsWith("\r\n"u8) ? content[..^2] : content.Span.EndsWith("\n"u8) ? content[..^1] : content);

            start += mark.Length + end;
        }
    }

    /// <summary>Splits lines of headers from what follows the empty line; without one, all are headers.</summary>
    public static (List<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body) SplitHead(ReadOnlyMemory<byte> part)
    {
        if (part.Span.StartsWith("\r\n"u8))
        {
            part = part[2..];
        }

        var end = part.Span.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return (ParseHeaders(Encoding.UTF8.GetString(part.Span)), ReadOnlyMemory<byte>.Empty);
        }

        return (ParseHeaders(Encoding.UTF8.GetString(part.Span[..end])), part[(end + 4)..]);
    }

    private static List<KeyValuePair<string, string>> ParseHeaders(string text)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var line in text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(colon < 0 ? new("", line) : new(line[..colon].Trim(), line[(colon + 1)..].Trim()));
        }

        return headers;
    }
}
