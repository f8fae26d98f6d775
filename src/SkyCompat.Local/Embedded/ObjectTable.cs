using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Objects and their versions in the index, with the semantics of S3: Disabled replaces, Enabled keeps, Suspended keeps what has a version id and replaces the "null" version.</summary>
internal static class ObjectTable
{
    private const string FindSql = $"SELECT {ObjectRow.Columns} FROM objects WHERE bucket = ?1 AND key = ?2";
    private const string FindVersionSql = $"SELECT {ObjectRow.Columns}, marker FROM versions WHERE bucket = ?1 AND key = ?2 AND sequence = ?3 AND versioned = 1";
    private const string FindNullVersionSql = $"SELECT {ObjectRow.Columns}, marker FROM versions WHERE bucket = ?1 AND key = ?2 AND versioned = 0";
    private const string FindNewestVersionSql = $"SELECT {ObjectRow.Columns}, marker FROM versions WHERE bucket = ?1 AND key = ?2 ORDER BY sequence DESC LIMIT 1";

    public static ObjectRow? Find(SqliteDatabase database, long bucket, byte[] key)
    {
        var statement = database.Prepare(FindSql).Bind(1, bucket).Bind(2, key);
        try
        {
            return statement.Step() ? ObjectRow.Read(statement, 0) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Finds a version: an object, or a delete marker.</summary>
    public static VersionRow? FindVersion(SqliteDatabase database, long bucket, byte[] key, string versionId)
    {
        var sequence = ObjectRow.ParseVersion(versionId);
        if (sequence is null && versionId != ObjectRow.NullVersion)
        {
            return null;
        }

        if (Find(database, bucket, key) is { } current && (sequence is null ? !current.Versioned : current.Versioned && current.Sequence == sequence))
        {
            return new VersionRow(current, IsMarker: false, IsCurrent: true);
        }

        return sequence is { } wanted
            ? FindOld(database.Prepare(FindVersionSql).Bind(3, wanted), bucket, key)
            : FindOld(database.Prepare(FindNullVersionSql), bucket, key);
    }

    /// <summary>Finds what a read wants: the current object, or a version of it that is not a delete marker.</summary>
    public static ObjectRow? FindReadable(SqliteDatabase database, long bucket, byte[] key, string? versionId) =>
        versionId is null ? Find(database, bucket, key)
        : FindVersion(database, bucket, key, versionId) is { IsMarker: false } version ? version.Row
        : null;

    /// <summary>Makes a row the current object of its key.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="existing">What <see cref="Find"/> returned for the key.</param>
    /// <param name="row">The new object; sequence, time and versioned are set here.</param>
    /// <param name="now">Unix time in milliseconds.</param>
    /// <returns>The row as stored.</returns>
    public static ObjectRow Install(WriteTransaction transaction, BucketRow bucket, byte[] key, ObjectRow? existing, ObjectRow row, long now)
    {
        row = row with
        {
            Sequence = transaction.NextSequence(),
            Versioned = bucket.Versioning == VersioningState.Enabled,

            // A clock that was set back must not make an object look older than what it replaced.
            Modified = Math.Max(now, existing?.Modified ?? 0),
        };
        Retire(transaction, bucket, key, existing);
        Store(transaction, bucket.Id, key, row);
        return row;
    }

    /// <summary>Overwrites the columns of the current object without making a new version of it.</summary>
    public static void Store(WriteTransaction transaction, long bucket, byte[] key, ObjectRow row) =>
        row.Bind(transaction.Database.Prepare("INSERT OR REPLACE INTO objects VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)").Bind(1, bucket).Bind(2, key), 3).Execute();

    /// <summary>Deletes the current object: for good, or behind a delete marker where versions are kept.</summary>
    public static void Delete(WriteTransaction transaction, BucketRow bucket, byte[] key, ObjectRow existing, long now)
    {
        Retire(transaction, bucket, key, existing);
        transaction.Database.Prepare("DELETE FROM objects WHERE bucket = ?1 AND key = ?2").Bind(1, bucket.Id).Bind(2, key).Execute();
        if (bucket.Versioning != VersioningState.Disabled)
        {
            var marker = new ObjectRow
            {
                Sequence = transaction.NextSequence(),
                Versioned = bucket.Versioning == VersioningState.Enabled,
                Modified = Math.Max(now, existing.Modified),
            };
            StoreVersion(transaction, bucket.Id, key, marker, isMarker: true);
        }
    }

    /// <summary>Deletes a version for good; if it was the current one, the newest of the others takes its place.</summary>
    public static void DeleteVersion(WriteTransaction transaction, long bucket, byte[] key, VersionRow version)
    {
        if (version.IsCurrent)
        {
            transaction.Database.Prepare("DELETE FROM objects WHERE bucket = ?1 AND key = ?2").Bind(1, bucket).Bind(2, key).Execute();
        }
        else
        {
            RemoveVersion(transaction, bucket, key, version.Row.Sequence);
        }

        BodyTable.Release(transaction, version.Row.Body);
        if ((version.IsCurrent || Find(transaction.Database, bucket, key) is null)
            && FindOld(transaction.Database.Prepare(FindNewestVersionSql), bucket, key) is { IsMarker: false } newest)
        {
            RemoveVersion(transaction, bucket, key, newest.Row.Sequence);
            Store(transaction, bucket, key, newest.Row);
        }
    }

    /// <summary>Makes room for a new current object or delete marker.</summary>
    private static void Retire(WriteTransaction transaction, BucketRow bucket, byte[] key, ObjectRow? existing)
    {
        if (bucket.Versioning == VersioningState.Suspended && FindOld(transaction.Database.Prepare(FindNullVersionSql), bucket.Id, key) is { } old)
        {
            RemoveVersion(transaction, bucket.Id, key, old.Row.Sequence);
            BodyTable.Release(transaction, old.Row.Body);
        }

        if (existing is null)
        {
            return;
        }

        if (bucket.Versioning == VersioningState.Enabled || existing.Versioned)
        {
            StoreVersion(transaction, bucket.Id, key, existing, isMarker: false);
        }
        else
        {
            BodyTable.Release(transaction, existing.Body);
        }
    }

    private static void StoreVersion(WriteTransaction transaction, long bucket, byte[] key, ObjectRow row, bool isMarker)
    {
        var insert = transaction.Database.Prepare(
            $"INSERT INTO versions (bucket, key, marker, {ObjectRow.Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
        row.Bind(insert.Bind(1, bucket).Bind(2, key).Bind(3, isMarker ? 1 : 0), 4).Execute();
    }

    private static void RemoveVersion(WriteTransaction transaction, long bucket, byte[] key, long sequence) =>
        transaction.Database.Prepare("DELETE FROM versions WHERE bucket = ?1 AND key = ?2 AND sequence = ?3").Bind(1, bucket).Bind(2, key).Bind(3, sequence).Execute();

    private static VersionRow? FindOld(SqliteStatement statement, long bucket, byte[] key)
    {
        statement.Bind(1, bucket).Bind(2, key);
        try
        {
            return statement.Step() ? new VersionRow(ObjectRow.Read(statement, 0), statement.Int32(ObjectRow.ColumnCount) != 0, IsCurrent: false) : null;
        }
        finally
        {
            statement.Reset();
        }
    }
}
