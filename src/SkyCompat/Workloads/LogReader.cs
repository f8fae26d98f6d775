using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace SkyCompat.Workloads;

/// <summary>Takes a container's output apart into lines with the time that the node put before each; what a line may have beyond its limit is read over.</summary>
internal sealed class LogReader(string pod, int maxLineBytes)
{
    private const int MaxStampBytes = 64;

    /// <summary>Reads until the stream ends or breaks: both look alike from here, and who follows looks whether the container has ended.</summary>
    /// <returns>The lines, each with its time; what has none, the container did not write: it is what the node has to say.</returns>
    public async IAsyncEnumerable<(long? Nanoseconds, LogLine Line)> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var kept = new ArrayBufferWriter<byte>();
        var ended = false;
        while (!ended)
        {
            ReadResult result;
            try
            {
                result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                break;
            }

            var buffer = result.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                Keep(kept, buffer.Slice(0, end));
                buffer = buffer.Slice(buffer.GetPosition(1, end));
                yield return Parse(kept.WrittenSpan);
                kept.ResetWrittenCount();
            }

            Keep(kept, buffer);
            reader.AdvanceTo(buffer.End);
            ended = result.IsCompleted;
        }

        await reader.CompleteAsync().ConfigureAwait(false);

        // A line without its end may be half of one; only a container that ended leaves such a line for good, and the next look has it whole.
        if (ended && kept.WrittenCount > 0)
        {
            yield return Parse(kept.WrittenSpan);
        }
    }

    /// <summary>Nanoseconds since 1970 of a time in RFC 3339, whose fraction has up to nine digits.</summary>
    public static long? ParseStamp(ReadOnlySpan<char> text)
    {
        var dot = text.IndexOf('.');
        var fractionLength = 0;
        long fraction = 0;
        if (dot >= 0)
        {
            while (dot + 1 + fractionLength < text.Length && char.IsAsciiDigit(text[dot + 1 + fractionLength]))
            {
                fractionLength++;
            }

            if (fractionLength is 0 or > 9)
            {
                return null;
            }

            fraction = long.Parse(text.Slice(dot + 1, fractionLength), NumberStyles.None, CultureInfo.InvariantCulture);
            for (var digit = fractionLength; digit < 9; digit++)
            {
                fraction *= 10;
            }
        }

        var seconds = dot < 0 ? text.ToString() : string.Concat(text[..dot], text[(dot + 1 + fractionLength)..]);
        return DateTimeOffset.TryParse(seconds, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? (time.ToUnixTimeSeconds() * 1_000_000_000) + fraction : null;
    }

    private void Keep(ArrayBufferWriter<byte> kept, ReadOnlySequence<byte> piece)
    {
        var room = maxLineBytes + MaxStampBytes - kept.WrittenCount;
        foreach (var segment in piece.Length > room ? piece.Slice(0, Math.Max(0, room)) : piece)
        {
            kept.Write(segment.Span);
        }
    }

    private (long? Nanoseconds, LogLine Line) Parse(ReadOnlySpan<byte> line)
    {
        var blank = line.IndexOf((byte)' ');
        long? stamp = null;
        if (blank is > 0 and < MaxStampBytes)
        {
            stamp = ParseStamp(Encoding.UTF8.GetString(line[..blank]));
        }

        var text = stamp is null ? line : line[(blank + 1)..];
        text = text.Length > maxLineBytes ? text[..maxLineBytes] : text;
        text = text.EndsWith("\r"u8) ? text[..^1] : text;
        return (stamp, new LogLine(pod, DateTimeOffset.UnixEpoch.AddTicks((stamp ?? 0) / 100), Encoding.UTF8.GetString(text)));
    }
}
