using System.Text;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Walks the keys of a bucket in the index. Each jump is one descent of the tree, whatever lies between.</summary>
internal sealed class IndexKeyCursor(SqliteStatement statement, long bucket) : IKeyCursor
{
    /// <summary>Columns of lists only: no body, no attributes.</summary>
    public const string Sql = "SELECT key, size, tag, modified, tier FROM objects WHERE bucket = ?1 AND key >= ?2 ORDER BY key";

    /// <summary>How many rows were looked at.</summary>
    public int RowsTouched { get; private set; }

    public ReadOnlySpan<byte> Key => statement.Blob(0);

    public bool Seek(ReadOnlySpan<byte> lowest)
    {
        statement.Reset();
        statement.Bind(1, bucket).Bind(2, lowest);
        return MoveNext();
    }

    public bool MoveNext()
    {
        if (!statement.Step())
        {
            return false;
        }

        RowsTouched++;
        return true;
    }

    public ListEntry Read() => new()
    {
        Kind = ListEntryKind.Object,
        Key = Encoding.UTF8.GetString(statement.Blob(0)),
        Size = statement.Int64(1),
        Tag = ObjectRow.FormatTag(statement.Int64(2)),
        LastModified = DateTimeOffset.FromUnixTimeMilliseconds(statement.Int64(3)),
        Tier = (StorageTier)statement.Int32(4),
    };
}
