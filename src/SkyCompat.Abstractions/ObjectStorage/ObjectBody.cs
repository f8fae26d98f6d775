using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace SkyCompat.ObjectStorage;

/// <summary>The bytes of an object to be written: memory, a sequence, a stream, a pipe or a file. Converts implicitly from all but files and text.</summary>
/// <remarks>A body made of memory or a file can be used for many writes; one made of a stream or a pipe for one.</remarks>
public sealed class ObjectBody
{
    private readonly ReadOnlySequence<byte> _bytes;
    private readonly object? _source;

    private ObjectBody(ReadOnlySequence<byte> bytes)
    {
        _bytes = bytes;
        Length = bytes.Length;
    }

    private ObjectBody(object source, long? length)
    {
        _source = source;
        Length = length;
    }

    /// <summary>No bytes.</summary>
    public static ObjectBody Empty { get; } = new(ReadOnlySequence<byte>.Empty);

    /// <summary>How many bytes there are; null if it is not known: a stream that cannot seek, or a pipe.</summary>
    public long? Length { get; }

    /// <summary>Whether the bytes can be read again from the start at no cost: memory or a file. What cannot is held in part buffers for retries.</summary>
    public bool IsReplayable => _source is null or string;

    /// <summary>Bytes in memory; not copied, so they must not change until the write returns.</summary>
    /// <param name="bytes">The bytes.</param>
    public static implicit operator ObjectBody(byte[] bytes) => FromBytes(bytes);

    /// <summary>Bytes in memory; not copied, so they must not change until the write returns.</summary>
    /// <param name="bytes">The bytes.</param>
    public static implicit operator ObjectBody(ReadOnlyMemory<byte> bytes) => FromBytes(bytes);

    /// <summary>Bytes in memory; not copied, so they must not change until the write returns.</summary>
    /// <param name="bytes">The bytes.</param>
    public static implicit operator ObjectBody(Memory<byte> bytes) => FromBytes(bytes);

    /// <summary>Bytes in memory; not copied, so they must not change until the write returns.</summary>
    /// <param name="bytes">The bytes.</param>
    public static implicit operator ObjectBody(ReadOnlySequence<byte> bytes) => FromBytes(bytes);

    /// <summary>A stream, from its current position to its end.</summary>
    /// <param name="stream">The stream; left open.</param>
    public static implicit operator ObjectBody(Stream stream) => FromStream(stream);

    /// <summary>A pipe, to its end.</summary>
    /// <param name="pipe">The pipe; not completed.</param>
    public static implicit operator ObjectBody(PipeReader pipe) => FromPipe(pipe);

    /// <summary>Bytes in memory; not copied, so they must not change until the write returns.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The body.</returns>
    public static ObjectBody FromBytes(ReadOnlyMemory<byte> bytes) => new(new ReadOnlySequence<byte>(bytes));

    /// <summary>Bytes in memory; not copied, so they must not change until the write returns.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The body.</returns>
    public static ObjectBody FromBytes(ReadOnlySequence<byte> bytes) => new(bytes);

    /// <summary>Text as UTF-8 without a byte order mark.</summary>
    /// <param name="text">The text; every character must be valid Unicode.</param>
    /// <returns>The body.</returns>
    public static ObjectBody FromText(string text) => FromBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>A stream, from its current position to its end. The length is known if it can seek.</summary>
    /// <param name="stream">A readable stream; left open.</param>
    /// <returns>The body.</returns>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    public static ObjectBody FromStream(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        }

        return new ObjectBody(stream, stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : null);
    }

    /// <summary>A stream that is known to have so many bytes left, such as a response with a Content-Length.</summary>
    /// <param name="stream">A readable stream; left open.</param>
    /// <param name="length">How many bytes there are; if there are fewer or more, the write fails and nothing becomes visible.</param>
    /// <returns>The body.</returns>
    /// <exception cref="ArgumentException">The stream cannot be read, or the length is negative.</exception>
    public static ObjectBody FromStream(Stream stream, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new ObjectBody(FromStream(stream)._source!, length);
    }

    /// <summary>A pipe, to its end, such as the body of an incoming HTTP request.</summary>
    /// <param name="pipe">The pipe; not completed.</param>
    /// <returns>The body.</returns>
    public static ObjectBody FromPipe(PipeReader pipe)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        return new ObjectBody(pipe, null);
    }

    /// <summary>A file. It is opened when it is written and must not change until the write returns.</summary>
    /// <param name="path">The path of an existing file.</param>
    /// <returns>The body.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ObjectBody FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new ObjectBody(path, new FileInfo(path).Length);
    }

    /// <summary>The bytes, if they are in memory.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>False for a stream, a pipe or a file.</returns>
    public bool TryGetBytes(out ReadOnlySequence<byte> bytes)
    {
        bytes = _bytes;
        return _source is null;
    }

    /// <summary>The bytes as a stream. Disposing it closes what this body opened (a file) and never the caller's stream or pipe.</summary>
    /// <returns>A stream at the first byte of the body.</returns>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public Stream OpenStream() => _source switch
    {
        null => new MemoryStream(_bytes.ToArray(), writable: false),
        string path => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan),
        PipeReader pipe => pipe.AsStream(leaveOpen: true),
        var stream => new LeaveOpenStream((Stream)stream),
    };
}
