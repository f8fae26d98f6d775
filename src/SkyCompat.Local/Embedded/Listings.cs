using System.Text;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Pages of objects, versions and buckets. A page begins where the one before ended, by key, so that it costs the same at the end of a bucket as at its start.</summary>
internal static class Listings
{
    // Both halves come from their index in this order, so SQLite merges them and stops with the page.
    private const string VersionsSql =
        """
        SELECT key, sequence, versioned, 0 AS marker, size, tag, modified FROM objects WHERE bucket = ?1 AND key >= ?2
        UNION ALL
        SELECT key, sequence, versioned, marker, size, tag, modified FROM versions WHERE bucket = ?1 AND key >= ?2
        ORDER BY key, sequence DESC
        """;

    public static ListPage Objects(SqliteDatabase database, string bucketName, ListOptions options) => Objects(database, bucketName, options, out _);

    /// <summary>As the other, telling how many rows of the index were looked at.</summary>
    public static ListPage Objects(SqliteDatabase database, string bucketName, ListOptions options, out int rowsTouched)
    {
        var statement = database.Prepare(IndexKeyCursor.Sql);
        var cursor = new IndexKeyCursor(statement, RequireBucket(database, bucketName).Id);
        try
        {
            return ListScanner.Scan(cursor, options);
        }
        finally
        {
            rowsTouched = cursor.RowsTouched;
            statement.Reset();
        }
    }

    public static VersionPage Versions(SqliteDatabase database, string bucketName, ListVersionsOptions options)
    {
        var bucket = RequireBucket(database, bucketName);
        var pageSize = LocalCapabilities.PageSize(options.PageSize);
        var prefix = Encoding.UTF8.GetBytes(options.Prefix ?? "");
        var (start, before) = options.ContinuationToken is { } token ? SequencedToken.Parse(token) : (prefix, long.MaxValue);
        var entries = new List<VersionEntry>(Math.Min(pageSize, 256));
        byte[] lastKey = [];
        long lastSequence = 0;

        var statement = database.Prepare(VersionsSql).Bind(1, bucket.Id).Bind(2, start);
        try
        {
            while (statement.Step() && statement.Blob(0).StartsWith(prefix))
            {
                var key = statement.Blob(0);
                var sequence = statement.Int64(1);

                // A current object or marker is the newest of its key: it was written or promoted last.
                var isFirstOfKey = !key.SequenceEqual(lastKey);
                if (isFirstOfKey)
                {
                    lastKey = key.ToArray();
                }

                if (sequence < before || !key.SequenceEqual(start))
                {
                    if (entries.Count == pageSize)
                    {
                        return new VersionPage(entries, SequencedToken.Format(entries[^1].Key, lastSequence));
                    }

                    entries.Add(ReadVersion(statement, isFirstOfKey));
                    lastSequence = sequence;
                }
            }
        }
        finally
        {
            statement.Reset();
        }

        return new VersionPage(entries, ContinuationToken: null);
    }

    public static BucketPage Buckets(SqliteDatabase database, ListBucketsOptions options)
    {
        var prefix = options.Prefix ?? "";
        var after = options.ContinuationToken is { } token ? Encoding.UTF8.GetString(PageToken.Parse(token).Key) : "";
        var statement = database.Prepare("SELECT name, created FROM buckets WHERE name >= ?1 AND name > ?2 ORDER BY name").Bind(1, prefix).Bind(2, after);
        var buckets = new List<BucketInfo>();
        try
        {
            while (statement.Step() && statement.Text(0).StartsWith(prefix, StringComparison.Ordinal))
            {
                if (buckets.Count == LocalCapabilities.MaxPageSize)
                {
                    return new BucketPage(buckets, new PageToken(AfterPrefix: false, Encoding.UTF8.GetBytes(buckets[^1].Name)).ToString());
                }

                buckets.Add(new BucketInfo { Name = statement.Text(0), CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(statement.Int64(1)) });
            }
        }
        finally
        {
            statement.Reset();
        }

        return new BucketPage(buckets, ContinuationToken: null);
    }

    public static BucketInfo? FindBucketInfo(SqliteDatabase database, string name)
    {
        var created = database.Prepare("SELECT created FROM buckets WHERE name = ?1").Bind(1, name).Scalar();
        return created is { } time ? new BucketInfo { Name = name, CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(time) } : null;
    }

    public static BucketRow RequireBucket(SqliteDatabase database, string name)
    {
        var statement = database.Prepare("SELECT id, versioning FROM buckets WHERE name = ?1").Bind(1, name);
        try
        {
            return statement.Step() ? new BucketRow(statement.Int64(0), (VersioningState)statement.Int32(1)) : throw StorageErrors.BucketNotFound(name);
        }
        finally
        {
            statement.Reset();
        }
    }

    private static VersionEntry ReadVersion(SqliteStatement row, bool isLatest)
    {
        var isMarker = row.Int32(3) != 0;
        return new VersionEntry
        {
            Key = Encoding.UTF8.GetString(row.Blob(0)),
            VersionId = ObjectRow.FormatVersion(row.Int64(1), row.Int32(2) != 0),
            IsLatest = isLatest,
            IsDeleteMarker = isMarker,
            Size = row.Int64(4),
            Tag = isMarker ? default : ObjectRow.FormatTag(row.Int64(5)),
            LastModified = DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(6)),
        };
    }
}
