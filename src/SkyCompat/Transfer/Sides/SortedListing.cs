using System.Runtime.CompilerServices;
using SkyCompat.ObjectStorage;
using SkyCompat.Sqlite;

namespace SkyCompat.Transfer.Sides;

/// <summary>Puts a list in key order that does not come so, on disk: memory stays flat for any number of keys.</summary>
internal static class SortedListing
{
    private const int RowsPerTransaction = 10_000;
    private const int RowsPerRead = 1_000;

    public static async IAsyncEnumerable<SideEntry> SortAsync(IAsyncEnumerable<SideEntry> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A temporary database on disk, which needs no durability.
        using var database = SqliteDatabase.Open("", TimeSpan.Zero);
        database.Execute("PRAGMA journal_mode = OFF; CREATE TABLE entry (name TEXT PRIMARY KEY, size INTEGER, modified INTEGER, tag TEXT, tier INTEGER, problem TEXT) WITHOUT ROWID; BEGIN");
        var rows = 0;
        await foreach (var entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Write(database, entry);
            if (++rows % RowsPerTransaction == 0)
            {
                database.Execute("COMMIT; BEGIN");
            }
        }

        database.Execute("COMMIT");
        string? last = null;
        List<SideEntry> page;
        do
        {
            page = Read(database, last);
            foreach (var entry in page)
            {
                yield return entry;
            }

            last = page.Count > 0 ? page[^1].Name : null;
        }
        while (page.Count == RowsPerRead);
    }

    private static void Write(SqliteDatabase database, SideEntry entry)
    {
        var statement = database.Prepare("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?)")
            .Bind(1, entry.Name).Bind(2, entry.Size).Bind(3, entry.LastModified.UtcTicks).Bind(4, entry.Tag.ToString()).Bind(5, (long)entry.Tier);
        (entry.SkipReason is { } problem ? statement.Bind(6, problem) : statement.Bind(6, (long?)null)).Execute();
    }

    private static List<SideEntry> Read(SqliteDatabase database, string? after)
    {
        var page = new List<SideEntry>(RowsPerRead);
        var rows = after is null
            ? database.Prepare("SELECT name, size, modified, tag, tier, problem FROM entry ORDER BY name LIMIT ?").Bind(1, (long)RowsPerRead)
            : database.Prepare("SELECT name, size, modified, tag, tier, problem FROM entry WHERE name > ?2 ORDER BY name LIMIT ?1").Bind(1, (long)RowsPerRead).Bind(2, after);
        while (rows.Step())
        {
            page.Add(new SideEntry(
                rows.Text(0), rows.Int64(1), new DateTimeOffset(rows.Int64(2), TimeSpan.Zero), VersionTag.Parse(rows.Text(3)), (StorageTier)rows.Int32(4), rows.IsNull(5) ? null : rows.Text(5)));
        }

        rows.Reset();
        return page;
    }
}
