using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace SkyCompat.Local;

/// <summary>The files of large bodies: named by a number that no key has a part in, spread over 256 folders, written once and never changed.</summary>
internal sealed class BodyFiles : IDisposable
{
    private const int Shards = 256;
    private const uint MaxSpares = 16;
    private readonly string _bodies;
    private readonly string _writers;
    private readonly LocalDurability _durability;
    private readonly Lock _gate = new();
    private readonly Queue<long> _spares = new();
    private WriterLock? _writer;
    private uint _created;
    private uint _spareBatch = 1;

    public BodyFiles(string root, LocalDurability durability)
    {
        _bodies = Path.Combine(root, "bodies");
        _writers = Path.Combine(root, "writers");
        _durability = durability;
    }

    /// <summary>Makes the folders, so that writing a body makes nothing but its file.</summary>
    public void Prepare()
    {
        if (Directory.Exists(_writers))
        {
            return;
        }

        for (var shard = 0; shard < Shards; shard++)
        {
            Directory.CreateDirectory(ShardPath(shard));
        }

        DirectorySync.Flush(_bodies);

        // Last, as it is what says that all are there.
        Directory.CreateDirectory(_writers);
        DirectorySync.Flush(Path.GetDirectoryName(_bodies)!);
    }

    /// <summary>Takes a new, empty file whose directory entry is durable already.</summary>
    /// <returns>A handle to write to, and the body's number.</returns>
    public (SafeFileHandle Handle, long Id) Create()
    {
        long id;
        lock (_gate)
        {
            while (_spares.Count == 0)
            {
                MakeSpares();
            }

            id = _spares.Dequeue();
        }

        var path = PathOf(id);
        try
        {
            return (File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read), id);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Map(exception, path);
        }
    }

    /// <summary>Makes the bytes of a written file durable.</summary>
    public void Flush(SafeFileHandle handle)
    {
        if (_durability == LocalDurability.Full)
        {
            RandomAccess.FlushToDisk(handle);
        }
    }

    /// <summary>Opens a body.</summary>
    /// <returns>A handle, or null if the file is gone: the index has changed, or the body is lost.</returns>
    public SafeFileHandle? TryOpen(long id)
    {
        var path = PathOf(id);
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Map(exception, path);
        }
    }

    /// <summary>Removes a body that nothing refers to. Readers that have it open go on.</summary>
    /// <returns>False if it could not be removed now.</returns>
    public bool TryDelete(long id)
    {
        try
        {
            File.Delete(PathOf(id));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Says that a body may be on disk without the index knowing whether it is needed, so that the next process to open the store looks.</summary>
    public void MarkUncertain()
    {
        lock (_gate)
        {
            if (_writer is not null)
            {
                _writer.NeedsSweep = true;
            }
        }
    }

    /// <summary>Removes what writers that crashed left behind.</summary>
    /// <param name="isReferenced">Whether the index refers to a body.</param>
    public void Sweep(Func<long, bool> isReferenced)
    {
        var dead = WriterLock.FindDead(_writers).ToList();
        try
        {
            if (dead.Count == 0)
            {
                return;
            }

            var numbers = dead.Select(writer => writer.Number).ToHashSet();
            foreach (var path in Directory.EnumerateFiles(_bodies, "*", SearchOption.AllDirectories))
            {
                if (long.TryParse(Path.GetFileName(path), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
                    && numbers.Contains((uint)(id >> 32)) && !isReferenced(id))
                {
                    TryDelete(id);
                }
            }
        }
        catch
        {
            dead.ForEach(writer => writer.NeedsSweep = true);
            throw;
        }
        finally
        {
            dead.ForEach(writer => writer.Dispose());
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            while (_spares.TryDequeue(out var spare))
            {
                TryDelete(spare);
            }

            _writer?.Dispose();
            _writer = null;
        }
    }

    // Files that are made together share a folder, and so its flush.
    private static int ShardOf(long id) => (int)(id / MaxSpares % Shards);

    private string ShardPath(int shard) => Path.Combine(_bodies, shard.ToString("x2", CultureInfo.InvariantCulture));

    public string PathOf(long id) => Path.Combine(ShardPath(ShardOf(id)), id.ToString("x16", CultureInfo.InvariantCulture));

    /// <summary>
    /// Makes files ahead of their use: flushing a folder costs as much as flushing a small file, and one flush does for all that were made together.
    /// One at first, for a process that writes once; twice as many each time after.
    /// </summary>
    private void MakeSpares()
    {
        _writer ??= WriterLock.Acquire(_writers);
        var first = ((long)_writer.Number << 32) | _created;
        var count = Math.Min(_spareBatch, MaxSpares - (_created % MaxSpares));
        _spareBatch = Math.Min(_spareBatch * 2, MaxSpares);
        _created += count;
        var made = new List<long>();
        try
        {
            for (var id = first; id < first + count; id++)
            {
                if (TryMake(PathOf(id)))
                {
                    made.Add(id);
                }
            }

            if (_durability == LocalDurability.Full)
            {
                DirectorySync.Flush(ShardPath(ShardOf(first)));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            made.ForEach(id => TryDelete(id));
            throw FileErrors.Map(exception, ShardPath(ShardOf(first)));
        }

        made.ForEach(_spares.Enqueue);
    }

    private static bool TryMake(string path)
    {
        try
        {
            File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            // Left by a writer that had the same random number.
            return false;
        }
    }
}
