using System.Text;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Walks the keys in memory that have a current object.</summary>
internal sealed class MemoryKeyCursor(SortedSet<MemoryKey> keys) : IKeyCursor, IDisposable
{
    private IEnumerator<MemoryKey>? _walk;

    public ReadOnlySpan<byte> Key => _walk!.Current.Bytes;

    public bool Seek(ReadOnlySpan<byte> lowest)
    {
        _walk?.Dispose();
        _walk = MemoryBucket.From(keys, lowest.ToArray()).GetEnumerator();
        return MoveNext();
    }

    public bool MoveNext()
    {
        while (_walk!.MoveNext())
        {
            if (_walk.Current.Current is not null)
            {
                return true;
            }
        }

        return false;
    }

    public ListEntry Read()
    {
        var current = _walk!.Current.Current!;
        return new ListEntry
        {
            Kind = ListEntryKind.Object,
            Key = Encoding.UTF8.GetString(Key),
            Size = current.Body.Length,
            Tag = current.Tag,
            LastModified = current.LastModified,
            Tier = current.Tier,
        };
    }

    public void Dispose() => _walk?.Dispose();
}
