using System.Globalization;
using SkyCompat.Files;
using SQLitePCL;

namespace SkyCompat.Sqlite;

/// <summary>The error table of databases on this machine: SQLite's result codes (sqlite.org/rescode.html) to neutral errors.</summary>
internal static class SqliteErrors
{
    /// <summary>Maps a result code.</summary>
    /// <param name="code">The extended result code.</param>
    /// <param name="detail">SQLite's own words.</param>
    /// <param name="path">The database file.</param>
    /// <returns>The error.</returns>
    public static CloudException Map(int code, string detail, string path) => (code & 0xFF) switch
    {
        raw.SQLITE_FULL => FileErrors.StorageFull(path, null, detail),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => FileErrors.ReadOnly(path, null, detail),

        // The folder was made or found just before, so what is missing is the right to make or open files in it.
        raw.SQLITE_CANTOPEN => FileErrors.ReadOnly(path, null, detail),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => With(
            code, CloudErrorCode.DataCorrupted, $"The database '{path}' is damaged or not a database: {detail}. Restore it from a copy, or use another place."),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => With(
            code, CloudErrorCode.Unavailable, $"Another process kept the database '{path}' locked for longer than the busy timeout: {detail}."),
        raw.SQLITE_IOERR => With(code, CloudErrorCode.Unavailable, $"Reading or writing the database '{path}' failed: {detail}."),
        _ => With(code, CloudErrorCode.Unknown, $"The database '{path}' failed: {detail}."),
    };

    private static CloudException With(int code, CloudErrorCode meaning, string message) => new(meaning, message)
    {
        ProviderCode = string.Create(CultureInfo.InvariantCulture, $"SQLITE {code}"),
    };
}
