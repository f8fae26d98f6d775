using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>
/// An upload of the type multipart/related: a part with the object's metadata in JSON, then one with its data. Lines end
/// in CRLF or, as <c>gcloud storage</c> writes them, in LF alone.
/// </summary>
internal sealed class RelatedBody
{
    private const int MaxHeadBytes = 1 << 20;

    public required JsonObject Metadata { get; init; }

    public required string? ContentType { get; init; }

    public required Content Content { get; init; }

    /// <exception cref="GcsError">400: the body is not of this form.</exception>
    public static async Task<RelatedBody> ReadAsync(GcsRequest request, StoreBudget budget)
    {
        var boundary = Boundary(request.Context.Request.ContentType);
        var reader = request.Context.Request.BodyReader;
        var head = await ReadHeadAsync(request, reader, Encoding.Latin1.GetBytes("--" + boundary));
        var content = await ReadDataAsync(request, reader, budget, Encoding.Latin1.GetBytes(head.LineEnd + "--" + boundary));
        return new RelatedBody { Metadata = GcsRequest.ParseJson(head.Metadata), ContentType = head.ContentType, Content = content };
    }

    public static string Boundary(string? contentType)
    {
        foreach (var parameter in (contentType ?? "").Split(';').Skip(1))
        {
            var pair = parameter.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length == 2 && pair[0].Equals("boundary", StringComparison.OrdinalIgnoreCase) && pair[1].Trim('"', '\'').Length > 0)
            {
                return pair[1].Trim('"', '\'');
            }
        }

        throw Malformed("Missing a multipart boundary.");
    }

    /// <summary>Everything up to the first byte of data.</summary>
    private static async Task<Head> ReadHeadAsync(GcsRequest request, PipeReader reader, byte[] delimiter)
    {
        while (true)
        {
            var read = await reader.ReadAsync(request.Aborted);
            var seen = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, MaxHeadBytes)).ToArray();
            if (TryParseHead(seen, delimiter, out var head))
            {
                reader.AdvanceTo(read.Buffer.GetPosition(head.Length));
                return head;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.Buffer.Length > MaxHeadBytes)
            {
                throw Malformed("Malformed multipart body.");
            }
        }
    }

    private static bool TryParseHead(ReadOnlySpan<byte> seen, ReadOnlySpan<byte> delimiter, out Head head)
    {
        head = default;
        var first = seen.IndexOf(delimiter);
        var lineStart = first < 0 ? -1 : seen[first..].IndexOf((byte)'\n');
        if (lineStart < 0)
        {
            return false;
        }

        var position = first + lineStart + 1;
        var lineEnd = seen[position - 2] == '\r' ? "\r\n" : "\n";
        if (!TrySkipHeaders(seen, ref position, out _))
        {
            return false;
        }

        var length = seen[position..].IndexOf(delimiter);
        if (length < 0)
        {
            return false;
        }

        var metadata = seen.Slice(position, length).ToArray();
        position += length;
        lineStart = seen[position..].IndexOf((byte)'\n');
        position += lineStart + 1;
        if (lineStart < 0 || !TrySkipHeaders(seen, ref position, out var contentType))
        {
            return false;
        }

        head = new Head(metadata, contentType, lineEnd, position);
        return true;
    }

    /// <summary>Moves on past the empty line that ends a part's headers.</summary>
    private static bool TrySkipHeaders(ReadOnlySpan<byte> seen, ref int position, out string? contentType)
    {
        contentType = null;
        while (true)
        {
            var length = seen[position..].IndexOf((byte)'\n');
            if (length < 0)
            {
                return false;
            }

            var line = Encoding.Latin1.GetString(seen.Slice(position, length)).Trim();
            position += length + 1;
            if (line.Length == 0)
            {
                return true;
            }

            if (line.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase))
            {
                contentType = line["Content-Type:".Length..].Trim();
            }
        }
    }

    /// <summary>The data up to the delimiter, of which any read may hold but the beginning.</summary>
    private static async Task<Content> ReadDataAsync(GcsRequest request, PipeReader reader, StoreBudget budget, byte[] delimiter)
    {
        using var writer = new ContentWriter(budget);
        var expected = request.Context.Request.ContentLength;
        while (true)
        {
            var read = await reader.ReadAsync(request.Aborted);
            var end = Find(read.Buffer, delimiter);

            // What may be the beginning of a delimiter is looked at again with what follows.
            var data = read.Buffer.Slice(0, end ?? Math.Max(0, read.Buffer.Length - delimiter.Length + 1));
            var consumed = read.Buffer.End;
            try
            {
                writer.Append(data, end ?? expected - writer.Length);
                if (end is null && !read.IsCompleted)
                {
                    consumed = data.End;
                }
            }
            finally
            {
                reader.AdvanceTo(consumed, read.Buffer.End);
            }

            if (end is not null)
            {
                await BodyReader.DrainAsync(request);
                return writer.Finish();
            }

            if (read.IsCompleted)
            {
                throw Malformed("Missing end boundary in multipart body.");
            }
        }
    }

    /// <summary>Where <paramref name="delimiter"/> begins; looked for in each stretch and across each seam.</summary>
    private static long? Find(in ReadOnlySequence<byte> buffer, ReadOnlySpan<byte> delimiter)
    {
        long offset = 0;
        foreach (var memory in buffer)
        {
            var index = memory.Span.IndexOf(delimiter);
            if (index >= 0)
            {
                return offset + index;
            }

            offset += memory.Length;
            var from = Math.Max(0, offset - delimiter.Length + 1);
            var seam = buffer.Slice(from, Math.Min(buffer.Length - from, 2 * (delimiter.Length - 1)));
            if (!seam.IsSingleSegment && seam.ToArray().AsSpan().IndexOf(delimiter) is >= 0 and var inSeam)
            {
                return from + inSeam;
            }
        }

        return null;
    }

    private static GcsError Malformed(string message) => new(400, "badRequest", message);

    private readonly record struct Head(byte[] Metadata, string? ContentType, string LineEnd, int Length);
}
