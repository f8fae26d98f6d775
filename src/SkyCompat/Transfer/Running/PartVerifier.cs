using System.Buffers;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Journal;

namespace SkyCompat.Transfer.Running;

/// <summary>Proves an object that is read in parts, several at a time, against the checksum that the source keeps of the whole. CRCs are combined from the parts' own; other checksums take the
/// parts in order, each waiting for its turn.</summary>
internal sealed class PartVerifier : IDisposable
{
    private readonly Checksum? _expected;
    private readonly Checksum?[] _parts;
    private readonly long _partBytes;
    private readonly long _size;
    private readonly ChecksumHasher? _ordered;
    private readonly TaskCompletionSource[] _turns = [];

    public PartVerifier(Checksum? expected, long size, long partBytes, int parts, IEnumerable<JournaledPart> done)
    {
        _expected = expected;
        _size = size;
        _partBytes = partBytes;
        _parts = new Checksum?[parts];
        var known = 0;
        foreach (var part in done)
        {
            known++;
            _parts[part.Part.Number - 1] = part.Checksum;
        }

        if (expected is not null && !CanCombine(expected.Algorithm) && known == 0)
        {
            _ordered = new ChecksumHasher(expected.Algorithm);
            _turns = [.. Enumerable.Range(0, parts + 1).Select(static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
            _turns[0].SetResult();
        }
    }

    /// <summary>Whether the checksum of the whole follows from those of the parts.</summary>
    public static bool CanCombine(ChecksumAlgorithm algorithm) => algorithm is ChecksumAlgorithm.Crc32C or ChecksumAlgorithm.Crc64Nvme or ChecksumAlgorithm.Crc64Ecma;

    /// <summary>Whether the bytes of all parts are needed in order.</summary>
    public bool IsOrdered => _ordered is not null;

    /// <summary>Begins the checksum of a part that comes piece by piece; null if it would prove nothing.</summary>
    public ChecksumHasher? TryBegin() => _expected is { } whole && CanCombine(whole.Algorithm) ? new ChecksumHasher(whole.Algorithm) : null;

    /// <summary>Takes a part's bytes after those of the parts before it, where <see cref="IsOrdered"/>.</summary>
    public async ValueTask AddInOrderAsync(int number, ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        if (_ordered is not null)
        {
            await _turns[number - 1].Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            _ordered.Append(bytes);
            _turns[number].SetResult();
        }
    }

    /// <summary>Takes a part's checksum, as it was begun here or computed by the destination.</summary>
    /// <returns>The same, to be journaled; null if there is none to keep.</returns>
    public Checksum? Add(int number, Checksum? checksum) => _parts[number - 1] = checksum;

    /// <summary>Whether all bytes are proven; false if there is nothing to prove them with.</summary>
    /// <exception cref="CloudException">DataCorrupted: they are not those that the source keeps.</exception>
    public bool Check(string resource)
    {
        if (_expected is null)
        {
            return false;
        }

        var actual = _ordered?.GetChecksum() ?? Combine(_expected.Algorithm);
        if (actual is null)
        {
            return false;
        }

        return actual.Equals(_expected) ? true : throw new CloudException(
            CloudErrorCode.DataCorrupted, $"The bytes have checksum {actual}; the source keeps {_expected}. Nothing was made visible. Try again; if it stays so, the source is damaged.")
        {
            Reason = ObjectStorageErrorReasons.ChecksumMismatch,
            Operation = "GetObject",
            Resource = resource,
        };
    }

    public void Dispose() => _ordered?.Dispose();

    private Checksum? Combine(ChecksumAlgorithm algorithm)
    {
        if (!CanCombine(algorithm) || Array.Exists(_parts, part => part?.Algorithm != algorithm))
        {
            return null;
        }

        var whole = _parts[0]!;
        for (var i = 1; i < _parts.Length; i++)
        {
            whole = ChecksumHasher.Combine(whole, _parts[i]!, Math.Min(_partBytes, _size - (i * _partBytes)));
        }

        return whole;
    }
}
