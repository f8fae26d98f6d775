using System.Globalization;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>An object, or one version of it, in the index.</summary>
internal sealed record ObjectRow
{
    /// <summary>The columns, in the order that <see cref="Read"/> takes them.</summary>
    public const string Columns = "sequence, versioned, size, tag, modified, tier, crc, kind, body, attributes";

    /// <summary>How many columns there are.</summary>
    public const int ColumnCount = 10;

    /// <summary>The version id of what was written while the bucket kept no versions.</summary>
    public const string NullVersion = "null";

    /// <summary>The place of this write among all writes of the store.</summary>
    public long Sequence { get; init; }

    /// <summary>Whether it has a version id of its own; otherwise it is the "null" version of its key.</summary>
    public bool Versioned { get; init; }

    public long Size { get; init; }

    public long Tag { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long Modified { get; init; }

    public StorageTier Tier { get; init; }

    public uint? Crc { get; init; }

    public BodyReference Body { get; init; }

    /// <summary>Headers, metadata and tags, as <see cref="StoredAttributes"/> writes them; null for the defaults.</summary>
    public byte[]? Attributes { get; init; }

    public VersionTag VersionTag => FormatTag(Tag);

    public DateTimeOffset LastModified => DateTimeOffset.FromUnixTimeMilliseconds(Modified);

    public static VersionTag FormatTag(long tag) => VersionTag.Parse(tag.ToString("x16", CultureInfo.InvariantCulture));

    /// <summary>The number of a tag that <see cref="FormatTag"/> made.</summary>
    public static long ParseTag(VersionTag tag) => long.Parse(tag.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public static string FormatVersion(long sequence, bool versioned) => versioned ? sequence.ToString("x16", CultureInfo.InvariantCulture) : NullVersion;

    /// <summary>The sequence that a version id names; null if it can name none.</summary>
    public static long? ParseVersion(string versionId) =>
        versionId.Length == 16 && long.TryParse(versionId, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sequence) ? sequence : null;

    /// <summary>Reads the columns from a row, starting at one.</summary>
    public static ObjectRow Read(SqliteStatement row, int first) => new()
    {
        Sequence = row.Int64(first),
        Versioned = row.Int32(first + 1) != 0,
        Size = row.Int64(first + 2),
        Tag = row.Int64(first + 3),
        Modified = row.Int64(first + 4),
        Tier = (StorageTier)row.Int32(first + 5),
        Crc = row.IsNull(first + 6) ? null : (uint)row.Int64(first + 6),
        Body = new BodyReference((BodyKind)row.Int32(first + 7), row.Int64(first + 8)),
        Attributes = row.IsNull(first + 9) ? null : row.Blob(first + 9).ToArray(),
    };

    /// <summary>Binds the columns to parameters, starting at one.</summary>
    public SqliteStatement Bind(SqliteStatement statement, int first) => statement
        .Bind(first, Sequence).Bind(first + 1, Versioned ? 1 : 0).Bind(first + 2, Size).Bind(first + 3, Tag).Bind(first + 4, Modified)
        .Bind(first + 5, (long)Tier).Bind(first + 6, (long?)Crc).Bind(first + 7, (long)Body.Kind).Bind(first + 8, Body.Id).Bind(first + 9, Attributes);

    /// <summary>The version id as readers see it: none in a bucket that never kept versions.</summary>
    public string? VersionId(VersioningState state) => state == VersioningState.Disabled ? null : FormatVersion(Sequence, Versioned);

    public ObjectInfo ToInfo(string key, VersioningState state)
    {
        var attributes = StoredAttributes.Read(Attributes);
        return new ObjectInfo
        {
            Key = key,
            Size = Size,
            Tag = VersionTag,
            LastModified = LastModified,
            VersionId = VersionId(state),
            Headers = attributes.ToHeaders(),
            Metadata = attributes.ToMetadata(),
            Checksum = Crc is { } crc ? StoredCrc.ToChecksum(crc) : null,
            Tier = Tier,
        };
    }
}
