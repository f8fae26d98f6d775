using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace SkyCompat.ObjectStorage;

/// <summary>The MD5 of one run of bytes among several. One thread appends and asks; others may compute on it meanwhile.</summary>
internal sealed class Md5Lane(Md5Lanes lanes) : IDisposable
{
    private readonly ConcurrentQueue<ReadOnlyMemory<byte>> _waiting = new();
    private readonly uint[] _state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476];
    private long _length;
    private int _done;

    /// <summary>Whether bytes were computed on already.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Adds bytes, which must stay as they are until the lane is disposed.</summary>
    /// <param name="bytes">The bytes; all but the last of a lane are whole blocks of 64.</param>
    public void Append(ReadOnlyMemory<byte> bytes)
    {
        if (_length % Md5Kernel.BlockBytes != 0)
        {
            throw new InvalidOperationException("Bytes after a block that was not full.");
        }

        _length += bytes.Length;
        _waiting.Enqueue(bytes);
    }

    /// <summary>The MD5 of all bytes. No more may be added.</summary>
    public Checksum GetChecksum()
    {
        if (lanes.TryEndAlone(this))
        {
            using var hasher = new ChecksumHasher(ChecksumAlgorithm.Md5);
            foreach (var bytes in _waiting)
            {
                hasher.Append(bytes.Span);
            }

            return hasher.GetChecksum();
        }

        lanes.Advance(this);
        lanes.End(this);
        Pad();
        return new Checksum(ChecksumAlgorithm.Md5, MemoryMarshal.AsBytes<uint>(_state));
    }

    /// <summary>The whole blocks of what waits first; none if there are none.</summary>
    public ReadOnlyMemory<byte> GetBlocks()
    {
        while (_waiting.TryPeek(out var bytes))
        {
            var left = bytes.Length - _done;
            if (left >= Md5Kernel.BlockBytes)
            {
                return bytes.Slice(_done, left - (left % Md5Kernel.BlockBytes));
            }

            if (left > 0)
            {
                break;
            }

            _waiting.TryDequeue(out _);
            _done = 0;
        }

        return default;
    }

    /// <summary>Goes on with lanes over the same length of the blocks of each.</summary>
    /// <param name="lanes">The lanes, up to eight.</param>
    /// <param name="runs">Their blocks, filled up to eight with any.</param>
    /// <param name="length">How many bytes of each.</param>
    public static void Compute(ReadOnlySpan<Md5Lane> lanes, ReadOnlySpan<ReadOnlyMemory<byte>> runs, int length)
    {
        Span<uint> states = stackalloc uint[4 * Md5Kernel.Lanes];
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = lanes[Math.Min(i % Md5Kernel.Lanes, lanes.Length - 1)]._state[i / Md5Kernel.Lanes];
        }

        Md5Kernel.Append(states, runs, length);
        for (var i = 0; i < lanes.Length; i++)
        {
            var lane = lanes[i];
            for (var row = 0; row < lane._state.Length; row++)
            {
                lane._state[row] = states[(row * Md5Kernel.Lanes) + i];
            }

            lane._done += length;
            lane.IsStarted = true;
        }
    }

    public void Dispose() => lanes.End(this);

    /// <summary>The last block or two: what is left, a bit, zeros and the length in bits (RFC 1321, sections 3.1 and 3.2).</summary>
    private void Pad()
    {
        var left = _waiting.TryPeek(out var bytes) ? bytes[_done..] : default;
        var end = new byte[left.Length + 9 > Md5Kernel.BlockBytes ? 2 * Md5Kernel.BlockBytes : Md5Kernel.BlockBytes];
        left.CopyTo(end);
        end[left.Length] = 0x80;
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(end.Length - sizeof(long)), _length * 8);
        ReadOnlyMemory<byte> run = end;
        Compute([this], [run, run, run, run, run, run, run, run], end.Length);
    }
}
