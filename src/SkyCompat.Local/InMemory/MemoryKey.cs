using System.Text;

namespace SkyCompat.Local;

/// <summary>A key of a bucket in memory and its versions, oldest first. Compared by the bytes of UTF-8: the order of UTF-16 differs for characters beyond U+FFFF.</summary>
#pragma warning disable MA0096, MA0097 // An order for sorted collections; nobody compares keys with operators.
internal sealed class MemoryKey(byte[] bytes) : IComparable<MemoryKey>
#pragma warning restore MA0096, MA0097
{
    public MemoryKey(string key)
        : this(Encoding.UTF8.GetBytes(key))
    {
    }

    public byte[] Bytes => bytes;

    public List<MemoryObject> Versions { get; } = [];

    /// <summary>What a read without a version id finds; null behind a delete marker.</summary>
    public MemoryObject? Current => Versions is [.., { IsMarker: false } newest] ? newest : null;

    public int CompareTo(MemoryKey? other) => other is null ? 1 : bytes.AsSpan().SequenceCompareTo(other.Bytes);
}
