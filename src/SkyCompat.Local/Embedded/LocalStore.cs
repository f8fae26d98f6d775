namespace SkyCompat.Local;

/// <summary>The opened root folder: index, bodies and writer, shared by all buckets of a driver.</summary>
internal sealed class LocalStore : IAsyncDisposable
{
    private const string IndexName = "index.db";
    private static readonly TimeSpan OpenRetryDelay = TimeSpan.FromMilliseconds(20);

    private LocalStore(string root, LocalOptions options)
    {
        var index = Path.Combine(root, IndexName);
        Files = new BodyFiles(root, options.Durability);
        Receiver = new BodyReceiver(Files, options.InlineMaxBytes);
        Readers = new IndexReaders(Connect);
        Writer = new GroupCommit(Connect, Files);

        SqliteDatabase Connect()
        {
            var database = SqliteDatabase.Open(index, options.BusyTimeout);
            try
            {
                IndexSchema.Configure(database, options.Durability);
                return database;
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }
    }

    public BodyFiles Files { get; }

    public BodyReceiver Receiver { get; }

    public IndexReaders Readers { get; }

    public GroupCommit Writer { get; }

    /// <summary>Opens a root folder, making it if it is not there, and clears away what crashed writers left.</summary>
    public static async Task<LocalStore> OpenAsync(string root, LocalOptions options, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(root);
            await PrepareAsync(Path.Combine(root, IndexName), options, cancellationToken).ConfigureAwait(false);
            var store = new LocalStore(root, options);
            store.Files.Prepare();
            await store.CleanAsync(cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(root, FileErrors.Map(exception, root));
        }
        catch (CloudException exception)
        {
            throw Unusable(root, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.CloseAsync().ConfigureAwait(false);
        Readers.Dispose();
        Files.Dispose();
    }

    private static async Task PrepareAsync(string index, LocalOptions options, CancellationToken cancellationToken)
    {
        // Switching a new index to its log does not wait for other processes that do the same, so waiting is done here; with real time, as the other processes have it.
        for (var left = options.BusyTimeout; ; left -= OpenRetryDelay)
        {
            try
            {
                using var database = SqliteDatabase.Open(index, options.BusyTimeout);
                IndexSchema.Prepare(database, options.Durability);
                return;
            }
            catch (CloudException exception) when (exception.Code == CloudErrorCode.Unavailable && left > TimeSpan.Zero)
            {
                await Task.Delay(OpenRetryDelay, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static CloudException Unusable(string root, CloudException cause) =>
        new(cause.Code, $"The root folder '{root}' of the local store cannot be used. {cause.Message}", cause)
        {
            Reason = cause.Reason,
            IsTransient = cause.IsTransient,
            ProviderCode = cause.ProviderCode,
        };

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        var garbage = Readers.Use(0, static (database, _) => ReadGarbage(database));
        if (garbage.Count > 0)
        {
            garbage.RemoveAll(id => !Files.TryDelete(id));
            await Writer.RunAsync(
                transaction =>
                {
                    transaction.ForgetGarbage(garbage);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        Files.Sweep(id => Readers.Use(id, static (database, id) => IsReferenced(database, id)));
    }

    private static List<long> ReadGarbage(SqliteDatabase database)
    {
        var ids = new List<long>();
        var statement = database.Prepare("SELECT id FROM garbage");
        try
        {
            while (statement.Step())
            {
                ids.Add(statement.Int64(0));
            }
        }
        finally
        {
            statement.Reset();
        }

        return ids;
    }

    private static bool IsReferenced(SqliteDatabase database, long id) =>
        database.Prepare("SELECT 1 FROM file_bodies WHERE id = ?1").Bind(1, id).Scalar() is not null;
}
