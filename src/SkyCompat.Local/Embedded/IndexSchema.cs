using System.Globalization;

namespace SkyCompat.Local;

/// <summary>The tables of the index. Keys are BLOBs of UTF-8: SQLite compares them byte by byte, which is the order of lists, and takes any character.</summary>
internal static class IndexSchema
{
    private const long Version = 1;

    /// <summary>Sets up a connection; the first one of a store also makes the tables.</summary>
    public static void Prepare(SqliteDatabase database, LocalDurability durability)
    {
        // Larger pages hold a 4 KiB body and a key of 1,024 bytes without an overflow page; this takes effect only before the first table.
        database.Execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL");
        Configure(database, durability);
        if (ReadVersion(database) != Version)
        {
            Create(database);
        }
    }

    /// <summary>Sets what a connection does not remember.</summary>
    public static void Configure(SqliteDatabase database, LocalDurability durability) => database.Execute(
        $"""
        PRAGMA synchronous = {(durability == LocalDurability.Full ? "FULL" : "NORMAL")};
        PRAGMA cache_size = -16384;
        PRAGMA wal_autocheckpoint = 2000;
        PRAGMA journal_size_limit = 67108864;
        """);

    private static void Create(SqliteDatabase database)
    {
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            // Another process may have been first.
            var version = ReadVersion(database);
            if (version == 0)
            {
                database.Execute(Tables);
                database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}"));
            }
            else if (version != Version)
            {
                throw new CloudException(
                    CloudErrorCode.InvalidArgument,
                    $"The index has format {version}, this version of SkyCompat.Local reads format {Version}; use the version that wrote it, or another root.");
            }

            database.Execute("COMMIT");
        }
        catch
        {
            database.Rollback();
            throw;
        }
    }

    private static long ReadVersion(SqliteDatabase database) => database.Prepare("PRAGMA user_version").Scalar() ?? 0;

    private const string Tables =
        """
        CREATE TABLE store (id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL);
        INSERT INTO store VALUES (1, 0);
        CREATE TABLE buckets (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, created INTEGER NOT NULL, versioning INTEGER NOT NULL DEFAULT 0);

        -- What a read without a version id finds. Bodies are elsewhere so that a list reads nothing else.
        CREATE TABLE objects (
            bucket INTEGER NOT NULL, key BLOB NOT NULL, sequence INTEGER NOT NULL, versioned INTEGER NOT NULL,
            size INTEGER NOT NULL, tag INTEGER NOT NULL, modified INTEGER NOT NULL, tier INTEGER NOT NULL, crc INTEGER,
            kind INTEGER NOT NULL, body INTEGER NOT NULL, attributes BLOB,
            PRIMARY KEY (bucket, key)) WITHOUT ROWID;

        -- Older versions, and delete markers old and current: a key whose newest marker is current has no row in objects.
        CREATE TABLE versions (
            bucket INTEGER NOT NULL, key BLOB NOT NULL, sequence INTEGER NOT NULL, versioned INTEGER NOT NULL, marker INTEGER NOT NULL,
            size INTEGER NOT NULL, tag INTEGER NOT NULL, modified INTEGER NOT NULL, tier INTEGER NOT NULL, crc INTEGER,
            kind INTEGER NOT NULL, body INTEGER NOT NULL, attributes BLOB,
            PRIMARY KEY (bucket, key, sequence DESC)) WITHOUT ROWID;
        CREATE UNIQUE INDEX null_versions ON versions (bucket, key) WHERE versioned = 0;

        CREATE TABLE inline_bodies (id INTEGER PRIMARY KEY, refs INTEGER NOT NULL, bytes BLOB NOT NULL);
        CREATE TABLE file_bodies (id INTEGER PRIMARY KEY, refs INTEGER NOT NULL);
        CREATE TABLE joined_bodies (id INTEGER PRIMARY KEY, refs INTEGER NOT NULL);
        CREATE TABLE segments (
            joined INTEGER NOT NULL, position INTEGER NOT NULL, kind INTEGER NOT NULL, body INTEGER NOT NULL,
            offset INTEGER NOT NULL, length INTEGER NOT NULL,
            PRIMARY KEY (joined, position)) WITHOUT ROWID;

        -- Files that nothing refers to any more and that are still to be removed.
        CREATE TABLE garbage (id INTEGER PRIMARY KEY);

        CREATE TABLE uploads (
            id INTEGER PRIMARY KEY, bucket INTEGER NOT NULL, key BLOB NOT NULL, started INTEGER NOT NULL, tier INTEGER NOT NULL, attributes BLOB);
        CREATE INDEX uploads_by_key ON uploads (bucket, key, id);
        CREATE TABLE parts (
            upload INTEGER NOT NULL, number INTEGER NOT NULL, tag INTEGER NOT NULL, size INTEGER NOT NULL, crc INTEGER,
            kind INTEGER NOT NULL, body INTEGER NOT NULL,
            PRIMARY KEY (upload, number)) WITHOUT ROWID;
        """;
}
