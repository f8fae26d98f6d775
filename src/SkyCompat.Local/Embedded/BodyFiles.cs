using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace SkyCompat.Local;

/// <summary>The files of large bodies: named by a number that no key has a part in, spread over 256 folders, written once and never changed.</summary>
internal sealed class BodyFiles : IDisposable
{
    private const int Shards = 256;
    private readonly string _bodies;
    private readonly string _writers;
    private readonly LocalDurability _durability;
    private readonly Lock _gate = new();
    private WriterLock? _writer;
    private int _created;

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

    /// <summary>Makes a new file.</summary>
    /// <returns>A handle to write to, and the body's number.</returns>
    public (SafeFileHandle Handle, long Id) Create()
    {
        while (true)
        {
            var id = NextId();
            var path = PathOf(id);
            try
            {
                return (File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), id);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Left by a writer that had the same random number: take the next.
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw FileErrors.Map(exception, path);
            }
        }
    }

    /// <summary>Makes a written file, and the fact that it is there, durable.</summary>
    public void Flush(SafeFileHandle handle, long id)
    {
        if (_durability == LocalDurability.Full)
        {
            RandomAccess.FlushToDisk(handle);
            DirectorySync.Flush(ShardPath(ShardOf(id)));
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
            _writer?.Dispose();
            _writer = null;
        }
    }

    private static int ShardOf(long id) => (int)(id & (Shards - 1));

    private string ShardPath(int shard) => Path.Combine(_bodies, shard.ToString("x2", CultureInfo.InvariantCulture));

    public string PathOf(long id) => Path.Combine(ShardPath(ShardOf(id)), id.ToString("x16", CultureInfo.InvariantCulture));

    private long NextId()
    {
        if (_writer is null)
        {
            lock (_gate)
            {
                _writer ??= WriterLock.Acquire(_writers);
            }
        }

        return ((long)_writer.Number << 32) | (uint)Interlocked.Increment(ref _created);
    }
}
