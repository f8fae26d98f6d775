using System.Collections.Concurrent;

namespace SkyCompat.Local;

/// <summary>Connections that only read: each is used by one thread at a time, and none waits for the writer.</summary>
internal sealed class IndexReaders(Func<SqliteDatabase> open) : IDisposable
{
    private readonly ConcurrentBag<SqliteDatabase> _idle = [];
    private volatile bool _closed;

    public T Use<TState, T>(TState state, Func<SqliteDatabase, TState, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var database = _idle.TryTake(out var idle) ? idle : open();
        try
        {
            return read(database, state);
        }
        finally
        {
            if (_closed)
            {
                database.Dispose();
            }
            else
            {
                _idle.Add(database);
            }
        }
    }

    /// <summary>Reads with all statements seeing the same state of the index.</summary>
    public T UseSnapshot<TState, T>(TState state, Func<SqliteDatabase, TState, T> read) => Use((state, read), static (database, job) =>
    {
        database.Prepare("BEGIN").Execute();
        try
        {
            return job.read(database, job.state);
        }
        finally
        {
            database.Rollback();
        }
    });

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var database))
        {
            database.Dispose();
        }
    }
}
