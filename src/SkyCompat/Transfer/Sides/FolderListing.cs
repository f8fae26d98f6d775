using System.IO.Enumeration;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>Lists a folder as a bucket would be: names with forward slashes, in key order. Holds the names of one folder per level in memory.</summary>
internal static class FolderListing
{
    /// <summary>What stands in a name for bytes that are no character.</summary>
    private const char Undecodable = '\uFFFD';

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, RecurseSubdirectories = false, ReturnSpecialDirectories = false };

    public static IEnumerable<SideEntry> List(string root)
    {
        // A slash after the names of folders puts "a/b" behind "a.txt" and before "a0", where the order of keys has it.
        var levels = new Stack<IEnumerator<Child>>();
        levels.Push(Read(root, "").GetEnumerator());
        try
        {
            while (levels.TryPeek(out var level))
            {
                if (!level.MoveNext())
                {
                    levels.Pop().Dispose();
                }
                else if (level.Current is { IsFolder: true } folder)
                {
                    levels.Push(Read(Path.Combine(root, folder.Entry.Name), folder.Entry.Name).GetEnumerator());
                }
                else
                {
                    yield return level.Current.Entry;
                }
            }
        }
        finally
        {
            while (levels.TryPop(out var level))
            {
                level.Dispose();
            }
        }
    }

    /// <summary>A file by its path; null if there is none.</summary>
    public static SideEntry? TryFind(string path, string name)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return null;
        }

        var modified = new DateTimeOffset(file.LastWriteTimeUtc);
        return new SideEntry(name, file.Length, modified, TagOf(file.Length, modified), default);
    }

    public static VersionTag TagOf(long size, DateTimeOffset modified) => VersionTag.Parse(FormattableString.Invariant($"{size}-{modified.UtcTicks}"));

    private static List<Child> Read(string path, string prefix)
    {
        try
        {
            var entries = new FileSystemEnumerable<Child>(path, (ref FileSystemEntry entry) => ToChild(ref entry, prefix), Everything).ToList();
            entries.Sort(static (left, right) => KeyOrder.Compare(left.Entry.Name, right.Entry.Name));
            RemoveLookAlikes(entries);
            return entries;
        }
        catch (DirectoryNotFoundException) when (prefix.Length > 0)
        {
            // Removed since its parent was read.
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FolderErrors.Reading(exception, path);
        }
    }

    /// <summary>Several names that are not UTF-8 may read as one, which is told once; a file that really has that name goes before them.</summary>
    private static void RemoveLookAlikes(List<Child> sorted)
    {
        for (var i = sorted.Count - 1; i > 0; i--)
        {
            if (sorted[i].Entry.Name == sorted[i - 1].Entry.Name)
            {
                sorted.RemoveAt(sorted[i].Entry.SkipReason is null ? i - 1 : i);
            }
        }
    }

    private static Child ToChild(ref FileSystemEntry entry, string prefix)
    {
        var name = prefix + entry.FileName.ToString();
        if (entry.FileName.Contains(Undecodable) && !Path.Exists(entry.ToFullPath()))
        {
            return new Child(new SideEntry(name, 0, default, default, default, "Its name is not UTF-8, so it cannot be opened by it."), IsFolder: false);
        }

        if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            return new Child(new SideEntry(name, 0, default, default, default, "It is a link; links are not followed."), IsFolder: false);
        }

        if (entry.IsDirectory)
        {
            return prefix.Length == 0 && string.Equals(name, StagingFolder.Name, StringComparison.Ordinal)
                ? new Child(new SideEntry(name, 0, default, default, default, "It holds unfinished transfers."), IsFolder: false)
                : new Child(new SideEntry(name + "/", 0, default, default, default), IsFolder: true);
        }

        // Only regular files have content to copy: reading a pipe would wait for ever.
        var isSpecial = !OperatingSystem.IsWindows() && entry.Attributes.HasFlag(FileAttributes.Device);
        var modified = entry.LastWriteTimeUtc;
        return new Child(
            new SideEntry(name, entry.Length, modified, TagOf(entry.Length, modified), default, isSpecial ? "It is not a regular file." : null),
            IsFolder: false);
    }

    private readonly record struct Child(SideEntry Entry, bool IsFolder);
}
