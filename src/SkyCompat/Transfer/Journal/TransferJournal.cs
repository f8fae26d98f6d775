using System.Threading.Channels;
using SkyCompat.Sqlite;

namespace SkyCompat.Transfer.Journal;

/// <summary>
/// What a transfer has finished, in a SQLite database that one process at a time holds. What a call recorded is durable against the end of the process when its task ends; many
/// objects that finish together share one transaction. Without a path it is a temporary database, which keeps memory flat and is gone with the run.
/// </summary>
internal sealed class TransferJournal : IAsyncDisposable
{
    private const int MaxBatch = 1024;

    private readonly SqliteDatabase _database;
    private readonly Lock _lock = new();
    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    private TransferJournal(SqliteDatabase database, string id, bool isResumed, bool isDurable)
    {
        _database = database;
        Id = id;
        IsResumed = isResumed;
        IsDurable = isDurable;
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>The journal's own name, for what is kept beside it.</summary>
    public string Id { get; }

    /// <summary>Whether it goes on with an earlier run.</summary>
    public bool IsResumed { get; }

    /// <summary>Whether it outlives the process.</summary>
    public bool IsDurable { get; }

    /// <summary>Opens a journal, or makes it.</summary>
    /// <param name="path">The file; null for a temporary one.</param>
    /// <param name="identity">What transfer it is of.</param>
    /// <exception cref="CloudException">Conflict: in use, or of another transfer.</exception>
    public static TransferJournal Open(string? path, string identity)
    {
        // An empty name is SQLite's for a temporary database on disk.
        var database = SqliteDatabase.Open(path ?? "", TimeSpan.Zero);
        try
        {
            try
            {
                // Held from the first statement to the end of the process: a second run of the same transfer must fail and not race.
                database.Execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN EXCLUSIVE; COMMIT;");
            }
            catch (CloudException exception) when (exception.Code is CloudErrorCode.Unavailable)
            {
                throw new CloudException(CloudErrorCode.Conflict, $"Another process is using the journal '{path}'. Wait for it, or use another journal.", exception) { Resource = path };
            }

            return Begin(database, path, identity);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Whether an object, as it is now, was finished before.</summary>
    public bool IsDone(string name, string tag)
    {
        if (!IsResumed)
        {
            return false;
        }

        lock (_lock)
        {
            return _database.Prepare("SELECT 1 FROM done WHERE name = ? AND tag = ?").Bind(1, name).Bind(2, tag).Scalar() is not null;
        }
    }

    /// <summary>The unfinished upload of an object, as it is now; null if there is none.</summary>
    public JournaledUpload? FindUpload(string name)
    {
        if (!IsDurable)
        {
            return null;
        }

        lock (_lock)
        {
            return JournaledUpload.Read(_database, name);
        }
    }

    /// <summary>The uploads that are neither finished nor given up: their names and states.</summary>
    public IReadOnlyList<(string Name, string State)> ListUploads()
    {
        var found = new List<(string, string)>();
        lock (_lock)
        {
            var rows = _database.Prepare("SELECT name, state FROM upload");
            while (rows.Step())
            {
                found.Add((rows.Text(0), rows.Text(1)));
            }

            rows.Reset();
        }

        return found;
    }

    /// <summary>Records that an object is finished.</summary>
    public Task AddDoneAsync(string name, string tag) => AddAsync(database =>
    {
        database.Prepare("INSERT OR REPLACE INTO done (name, tag) VALUES (?, ?)").Bind(1, name).Bind(2, tag).Execute();
        JournaledUpload.Delete(database, name);
    });

    /// <summary>Records an upload that was begun.</summary>
    public Task AddUploadAsync(string name, string tag, string state) => AddAsync(database =>
    {
        JournaledUpload.Delete(database, name);
        database.Prepare("INSERT INTO upload (name, tag, state) VALUES (?, ?, ?)").Bind(1, name).Bind(2, tag).Bind(3, state).Execute();
    });

    /// <summary>Records a part that the destination holds.</summary>
    public Task AddPartAsync(string name, JournaledPart part) => AddAsync(database => part.Write(database, name));

    /// <summary>Records that an upload is not gone on with.</summary>
    public Task RemoveUploadAsync(string name) => AddAsync(database => JournaledUpload.Delete(database, name));

    /// <summary>Records an object that only the destination has.</summary>
    public Task AddExtraAsync(string name) => AddAsync(database => database.Prepare("INSERT OR IGNORE INTO extra (name) VALUES (?)").Bind(1, name).Execute());

    /// <summary>How many objects only the destination has.</summary>
    public long CountExtras()
    {
        lock (_lock)
        {
            return _database.Prepare("SELECT count(*) FROM extra").Scalar() ?? 0;
        }
    }

    /// <summary>The objects that only the destination has, in the order of their names.</summary>
    public IEnumerable<string> ListExtras()
    {
        string? last = null;
        while (true)
        {
            var names = new List<string>();
            lock (_lock)
            {
                var statement = last is null
                    ? _database.Prepare("SELECT name FROM extra ORDER BY name LIMIT 1000")
                    : _database.Prepare("SELECT name FROM extra WHERE name > ? ORDER BY name LIMIT 1000").Bind(1, last);
                while (statement.Step())
                {
                    names.Add(statement.Text(0));
                }

                statement.Reset();
            }

            foreach (var name in names)
            {
                yield return name;
            }

            if (names.Count == 0)
            {
                yield break;
            }

            last = names[^1];
        }
    }

    /// <summary>Forgets the objects that only the destination had; each run finds them anew.</summary>
    public Task ClearExtrasAsync() => AddAsync(database => database.Execute("DELETE FROM extra"));

    /// <summary>Records that the transfer is finished: the next run starts anew.</summary>
    public Task FinishAsync() => AddAsync(database => database.Prepare("UPDATE transfer SET finished = 1").Execute());

    public async ValueTask DisposeAsync()
    {
        _entries.Writer.Complete();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _database.Dispose();
    }

    private static TransferJournal Begin(SqliteDatabase database, string? path, string identity)
    {
        database.Execute("""
            CREATE TABLE IF NOT EXISTS transfer (id TEXT NOT NULL, identity TEXT NOT NULL, finished INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS done (name TEXT PRIMARY KEY, tag TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS upload (name TEXT PRIMARY KEY, tag TEXT NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS part (name TEXT NOT NULL, number INTEGER NOT NULL, tag TEXT NOT NULL, size INTEGER NOT NULL, algorithm INTEGER, checksum BLOB, PRIMARY KEY (name, number)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS extra (name TEXT PRIMARY KEY) WITHOUT ROWID;
            """);
        var statement = database.Prepare("SELECT id, identity, finished FROM transfer");
        var exists = statement.Step();
        var (id, of, finished) = exists ? (statement.Text(0), statement.Text(1), statement.Int64(2) != 0) : ("", "", true);
        statement.Reset();
        if (exists && !finished && of != identity)
        {
            throw new CloudException(
                CloudErrorCode.Conflict, $"The journal '{path}' belongs to another transfer, which is not finished: {of}. Use another journal, or delete this one to give that transfer up.") { Resource = path };
        }

        if (exists && !finished)
        {
            database.Execute("DELETE FROM extra");
            return new TransferJournal(database, id, isResumed: true, path is not null);
        }

        id = Guid.NewGuid().ToString("n");
        database.Execute("BEGIN; DELETE FROM transfer; DELETE FROM done; DELETE FROM upload; DELETE FROM part; DELETE FROM extra;");
        database.Prepare("INSERT INTO transfer (id, identity, finished) VALUES (?, ?, 0)").Bind(1, id).Bind(2, identity).Execute();
        database.Execute("COMMIT");
        return new TransferJournal(database, id, isResumed: false, path is not null);
    }

    private Task AddAsync(Action<SqliteDatabase> write)
    {
        var entry = new Entry(write);
        return _entries.Writer.TryWrite(entry) ? entry.Written.Task : throw new ObjectDisposedException(nameof(TransferJournal));
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Entry>();
        while (await _entries.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _entries.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            Write(batch);
        }
    }

    private void Write(List<Entry> batch)
    {
        try
        {
            lock (_lock)
            {
                _database.Execute("BEGIN");
                foreach (var entry in batch)
                {
                    entry.Write(_database);
                }

                _database.Execute("COMMIT");
            }

            batch.ForEach(static entry => entry.Written.SetResult());
        }
#pragma warning disable CA1031 // Raised by those who wait for the records; the writer goes on, or later ones would wait for ever.
        catch (Exception exception)
        {
            batch.ForEach(entry => entry.Written.TrySetException(exception));
            try
            {
                lock (_lock)
                {
                    _database.Rollback();
                }
            }
            catch (Exception)
            {
                // A database that cannot even roll back fails the next batch as well.
            }
        }
#pragma warning restore CA1031
    }

    private sealed record Entry(Action<SqliteDatabase> Write)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
