using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>One transaction of the index's writer: nobody else writes until it ends, so what it reads stays true.</summary>
internal sealed class WriteTransaction
{
    private readonly Dictionary<string, BucketRow> _buckets = new(StringComparer.Ordinal);
    private readonly long _firstSequence;
    private long _sequence;

    private WriteTransaction(SqliteDatabase database)
    {
        Database = database;
        _firstSequence = _sequence = database.Prepare("SELECT sequence FROM store WHERE id = 1").Scalar() ?? 0;
    }

    public SqliteDatabase Database { get; }

    /// <summary>The files to be removed when the transaction is durable.</summary>
    public List<long> Garbage { get; } = [];

    public static WriteTransaction Begin(SqliteDatabase database)
    {
        database.Prepare("BEGIN IMMEDIATE").Execute();
        return new WriteTransaction(database);
    }

    public void Commit()
    {
        if (_sequence != _firstSequence)
        {
            Database.Prepare("UPDATE store SET sequence = ?1 WHERE id = 1").Bind(1, _sequence).Execute();
        }

        Database.Prepare("COMMIT").Execute();
    }

    /// <summary>A number that no other write of the store has or will have, higher than all before.</summary>
    public long NextSequence() => ++_sequence;

    public void ForgetGarbage(List<long> ids)
    {
        foreach (var id in ids)
        {
            Database.Prepare("DELETE FROM garbage WHERE id = ?1").Bind(1, id).Execute();
        }
    }

    public void AddGarbage(long id)
    {
        Database.Prepare("INSERT OR IGNORE INTO garbage VALUES (?1)").Bind(1, id).Execute();
        Garbage.Add(id);
    }

    public BucketRow? FindBucket(string name)
    {
        if (_buckets.TryGetValue(name, out var known))
        {
            return known;
        }

        var statement = Database.Prepare("SELECT id, versioning FROM buckets WHERE name = ?1").Bind(1, name);
        try
        {
            if (!statement.Step())
            {
                return null;
            }

            var bucket = new BucketRow(statement.Int64(0), (VersioningState)statement.Int32(1));
            _buckets.Add(name, bucket);
            return bucket;
        }
        finally
        {
            statement.Reset();
        }
    }

    public BucketRow RequireBucket(string name) => FindBucket(name) ?? throw StorageErrors.BucketNotFound(name);

    /// <summary>To be called after a change of a bucket itself.</summary>
    public void ForgetBucket(string name) => _buckets.Remove(name);
}
