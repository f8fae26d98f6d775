using System.IO.Enumeration;
using System.Runtime.CompilerServices;

namespace SkyCompat.Cli.Listing;

/// <summary>Lists what is at a place, in a cloud or on this machine, in one form. Keys of this machine are paths relative to the folder, with forward slashes.</summary>
internal static class PlaceListing
{
    /// <summary>What is at a place.</summary>
    /// <param name="place">A bucket, a prefix, a folder or a file.</param>
    /// <param name="prefix">The prefix to list in a bucket.</param>
    /// <param name="recursive">Whether everything beneath is listed, or folders as one entry.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The entries, as they come.</returns>
    public static IAsyncEnumerable<ListEntry> ListAsync(Place place, string prefix, bool recursive, CancellationToken cancellationToken) => place.IsLocal
        ? ListFilesAsync(place.Path, recursive, cancellationToken)
        : place.RequireBucket().ListAsync(new ListOptions { Prefix = prefix, Delimiter = recursive ? null : "/" }, cancellationToken);

    private static async IAsyncEnumerable<ListEntry> ListFilesAsync(string path, bool recursive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (File.Exists(path))
        {
            var file = new FileInfo(path);
            yield return new ListEntry { Key = file.Name, Size = file.Length, LastModified = new DateTimeOffset(file.LastWriteTimeUtc) };
            yield break;
        }

        if (!Directory.Exists(path))
        {
            throw new MissingException($"There is no file or folder '{path}'.");
        }

        var entries = new FileSystemEnumerable<ListEntry>(
            path,
            (ref FileSystemEntry entry) => new ListEntry
            {
                Kind = entry.IsDirectory ? ListEntryKind.Prefix : ListEntryKind.Object,
                Key = Path.GetRelativePath(path, entry.ToFullPath()).Replace(Path.DirectorySeparatorChar, '/') + (entry.IsDirectory ? "/" : ""),
                Size = entry.IsDirectory ? 0 : entry.Length,
                LastModified = entry.IsDirectory ? default : entry.LastWriteTimeUtc,
            },
            new EnumerationOptions { RecurseSubdirectories = recursive, AttributesToSkip = FileAttributes.ReparsePoint })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !recursive || !entry.IsDirectory,
        };
        foreach (var entry in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }
}
