using System.Globalization;

namespace SkyCompat.Transfer.Sides;

/// <summary>
/// Where files grow until they are whole: a folder beside the finished ones, so that a rename makes them visible at once. Each run has one of its own and holds its lock;
/// what a killed run left is removed by the next, save what a journal goes on with.
/// </summary>
internal sealed class StagingFolder : IDisposable
{
    /// <summary>The name beneath the destination's folder; never listed.</summary>
    public const string Name = ".skycompat-transfer";

    private const string LockName = "lock";
    private const string OwnerName = "journal";
    private const string KeptSuffix = ".kept";
    private const int Attempts = 5;

    private readonly string _root;
    private readonly string _own;
    private readonly bool _isKept;
    private readonly FileStream _lock;
    private int _files;

    private StagingFolder(string root, string own, bool isKept, FileStream @lock)
    {
        _root = root;
        _own = own;
        _isKept = isKept;
        _lock = @lock;
    }

    /// <summary>Whether the files are finished with, so that disposing removes what is left.</summary>
    public bool IsDone { get; set; }

    /// <summary>Makes or takes up a folder of one's own.</summary>
    /// <param name="folder">The destination's folder; made if it is not there.</param>
    /// <param name="journalId">The journal that goes on with what was begun; null for none.</param>
    /// <param name="journalPath">Its file: without it, nobody can go on.</param>
    public static StagingFolder Open(string folder, string? journalId, string? journalPath)
    {
        // Another run that begins or ends at this moment may take the folder for a dead one's before its lock is held.
        for (var attempt = 1; attempt < Attempts; attempt++)
        {
            try
            {
                return OpenOnce(folder, journalId, journalPath);
            }
            catch (CloudException exception) when (exception.InnerException is IOException)
            {
            }
        }

        return OpenOnce(folder, journalId, journalPath);
    }

    private static StagingFolder OpenOnce(string folder, string? journalId, string? journalPath)
    {
        var root = Path.Combine(folder, Name);
        var own = Path.Combine(root, journalId is null ? Guid.NewGuid().ToString("n") : journalId + KeptSuffix);
        try
        {
            Directory.CreateDirectory(own);
            var staging = new StagingFolder(root, own, journalId is not null, new FileStream(Path.Combine(own, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
            if (journalId is not null)
            {
                File.WriteAllLines(Path.Combine(own, OwnerName), [Environment.MachineName, Path.GetFullPath(journalPath!)]);
            }

            staging.RemoveDead(journalPath);
            return staging;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FolderErrors.Writing(exception, own);
        }
    }

    /// <summary>A path for a file that is gone with the run.</summary>
    public string NewFile() => Path.Combine(_own, Interlocked.Increment(ref _files).ToString("x", CultureInfo.InvariantCulture));

    /// <summary>A path for a file that the journal may go on with.</summary>
    public string KeptFile(string id) => Path.Combine(_own, id + ".part");

    public void Dispose()
    {
        _lock.Dispose();
        if (!_isKept || IsDone)
        {
            Remove(_own);
        }

        try
        {
            Directory.Delete(_root);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another run is using it.
        }
    }

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next run tries again.
        }
    }

    private void RemoveDead(string? journalPath)
    {
        foreach (var other in Directory.EnumerateDirectories(_root))
        {
            try
            {
                if (other != _own && !(other.EndsWith(KeptSuffix, StringComparison.Ordinal) && MayGoOn(other, journalPath)))
                {
                    using (new FileStream(Path.Combine(other, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0))
                    {
                        // Under its lock, so that a run that is just being made cannot take it in between.
                        Remove(other);
                    }

                    // Windows removes no file that is open.
                    Remove(other);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Alive, or just being made.
            }
        }
    }

    /// <summary>Whether the journal of a kept folder may still be there: one of another machine may, one that this run's has replaced is not.</summary>
    private static bool MayGoOn(string kept, string? journalPath) =>
        File.ReadAllLines(Path.Combine(kept, OwnerName)) is not [var machine, var path]
        || machine != Environment.MachineName
        || (File.Exists(path) && (journalPath is null || path != Path.GetFullPath(journalPath)));
}
