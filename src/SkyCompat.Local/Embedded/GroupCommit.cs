namespace SkyCompat.Local;

/// <summary>
/// The one writer of this process. Changes that arrive while it flushes are made durable together by the next flush, so that throughput grows with concurrency.
/// It borrows a thread of the pool while there is something to do.
/// </summary>
internal sealed class GroupCommit(Func<SqliteDatabase> open, BodyFiles files) : IThreadPoolWorkItem
{
    private const int MaxBatch = 256;
    private readonly Lock _gate = new();
    private readonly Queue<PendingWrite> _queue = new();
    private readonly List<PendingWrite> _batch = [];
    private readonly List<long> _deleted = [];
    private SqliteDatabase? _database;
    private TaskCompletionSource? _idle;
    private bool _running;
    private bool _closed;

    /// <summary>Makes a change. It must check everything before it changes anything: an error it raises before its first change fails it alone.</summary>
    /// <returns>A task that ends when the change is durable.</returns>
    public Task<T> RunAsync<T>(Func<WriteTransaction, T> change, CancellationToken cancellationToken)
    {
        var write = new PendingWrite<T>(change, cancellationToken);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _queue.Enqueue(write);
            if (_running)
            {
                return write.Completion;
            }

            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return write.Completion;
    }

    /// <summary>Takes no more changes, finishes those there are and closes the connection.</summary>
    public async Task CloseAsync()
    {
        Task idle;
        lock (_gate)
        {
            _closed = true;
            idle = _running ? (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }

        await idle.ConfigureAwait(false);
        _database?.Dispose();
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (TakeBatch())
        {
            try
            {
                Commit(_batch);
            }
            finally
            {
                _batch.Clear();
            }
        }
    }

    private bool TakeBatch()
    {
        lock (_gate)
        {
            while (_batch.Count < MaxBatch && _queue.TryDequeue(out var write))
            {
                if (!write.TryCancel())
                {
                    _batch.Add(write);
                }
            }

            if (_batch.Count == 0)
            {
                _running = false;
                _idle?.TrySetResult();
            }

            return _batch.Count > 0;
        }
    }

#pragma warning disable CA1031 // Whatever a change raises belongs to the caller who waits for it, never to this loop.
    private void Commit(List<PendingWrite> writes)
    {
        var committing = false;
        try
        {
            _database ??= open();
            var transaction = WriteTransaction.Begin(_database);
            transaction.ForgetGarbage(_deleted);
            foreach (var write in writes)
            {
                RunOne(transaction, write);
            }

            committing = true;
            transaction.Commit();
            _deleted.Clear();
            foreach (var write in writes)
            {
                if (!write.HasFailed)
                {
                    write.Succeed();
                }
            }

            Delete(transaction.Garbage);
        }
        catch (Exception error)
        {
            RollBack(writes, committing, error);
        }
    }

    /// <summary>Runs one change. If it fails without having changed anything, it fails alone and the others go on.</summary>
    private void RunOne(WriteTransaction transaction, PendingWrite write)
    {
        var changes = _database!.TotalChanges;
        try
        {
            write.Run(transaction);
        }
        catch (Exception error) when (_database.TotalChanges == changes && _database.InTransaction)
        {
            write.Fail(error);
        }
    }

    /// <summary>Undoes a batch. One change may have spoilt it for all, so each is tried again alone.</summary>
    private void RollBack(List<PendingWrite> writes, bool committing, Exception error)
    {
        try
        {
            _database?.Rollback();
        }
        catch (CloudException)
        {
            // The connection is of no use any more; closing it undoes what it did.
            _database?.Dispose();
            _database = null;
        }

        if (writes.Count == 1)
        {
            writes[0].Fail(committing && error is CloudException cause ? Uncertain(cause) : error);
            return;
        }

        foreach (var write in writes.Where(write => !write.HasFailed))
        {
            Commit([write]);
        }
    }
#pragma warning restore CA1031

    // A flush that fails leaves open whether the disk has the transaction: if the machine stops now, recovery decides.
    private CloudException Uncertain(CloudException error)
    {
        if (error.Code is CloudErrorCode.QuotaExceeded or CloudErrorCode.PermissionDenied)
        {
            return error;
        }

        files.MarkUncertain();
        return new CloudException(error.Code, error.Message, error.InnerException)
        {
            Reason = error.Reason,
            IsTransient = error.IsTransient,
            ProviderCode = error.ProviderCode,
            MayHaveTakenEffect = true,
        };
    }

    // After the commit, so that a body is on disk for as long as the index names it; what cannot be removed stays on the list in the index.
    private void Delete(List<long> garbage)
    {
        foreach (var id in garbage)
        {
            if (files.TryDelete(id))
            {
                _deleted.Add(id);
            }
        }
    }
}
