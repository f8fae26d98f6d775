using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>Files of a folder, or one file.</summary>
internal sealed class FolderSource(TransferLocation location, TransferRange? range) : TransferSource
{
    public override string PathOf(string name) => location.IsMany ? Path.Combine(location.Path, name) : location.Path;

    public override async IAsyncEnumerable<SideEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!location.IsMany)
        {
            var name = Path.GetFileName(location.Path);
            yield return await TryFindAsync(name, cancellationToken).ConfigureAwait(false) ?? throw Gone(name);
            yield break;
        }

        // A destination's folder need not exist yet.
        foreach (var entry in Directory.Exists(location.Path) ? FolderListing.List(location.Path) : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (range is null || range.Holds(entry.Name))
            {
                yield return entry;
            }
        }
    }

    public override Task<SideEntry?> TryFindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(location.IsMany && PathRules.FindProblem(name) is not null ? null : FolderListing.TryFind(PathOf(name), name));

    public override Task<SourceAttributes> GetAttributesAsync(SideEntry entry, CancellationToken cancellationToken)
    {
        EnsureUnchanged(entry);
        return Task.FromResult(ToAttributes(entry));
    }

    public override Task<SourceContent> OpenAsync(SideEntry entry, CancellationToken cancellationToken) =>
        Task.FromResult(new SourceContent(ToAttributes(entry), new FileRangeStream(this, entry, OpenFile(entry), 0, entry.Size), isVerified: true));

    public override Task<Stream> OpenRangeAsync(SideEntry entry, long offset, long length, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new FileRangeStream(this, entry, OpenFile(entry), offset, length));

    private SourceAttributes ToAttributes(SideEntry entry) => new()
    {
        Size = entry.Size,
        ModifiedAt = entry.LastModified,
        Headers = MediaTypes.Find(PathOf(entry.Name)) is { } type ? new ContentHeaders { ContentType = type } : ContentHeaders.Default,
    };

    private SafeFileHandle OpenFile(SideEntry entry)
    {
        var path = PathOf(entry.Name);
        try
        {
            var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous | FileOptions.SequentialScan);
            if (RandomAccess.GetLength(file) == entry.Size && File.GetLastWriteTimeUtc(file) == entry.LastModified.UtcDateTime)
            {
                return file;
            }

            file.Dispose();
            throw Changed(entry.Name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FolderErrors.Reading(exception, path);
        }
    }

    private void EnsureUnchanged(SideEntry entry)
    {
        var now = FolderListing.TryFind(PathOf(entry.Name), entry.Name) ?? throw Gone(entry.Name);
        if (now.Tag != entry.Tag)
        {
            throw Changed(entry.Name);
        }
    }

    /// <summary>A range of a file that must stay as it was listed: its size and time are looked at once more before the last bytes are handed out.</summary>
    private sealed class FileRangeStream(FolderSource owner, SideEntry entry, SafeFileHandle file, long offset, long length) : ReadOnlyBodyStream(length)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var wanted = (int)Math.Min(buffer.Length, Length - BytesRead);
            if (wanted == 0)
            {
                return 0;
            }

            int read;
            try
            {
                read = await RandomAccess.ReadAsync(file, buffer[..wanted], offset + BytesRead, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw FolderErrors.Reading(exception, owner.PathOf(entry.Name));
            }

            BytesRead += read;
            if (read == 0 || (BytesRead == Length && (RandomAccess.GetLength(file) != entry.Size || File.GetLastWriteTimeUtc(file) != entry.LastModified.UtcDateTime)))
            {
                throw owner.Changed(entry.Name);
            }

            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                file.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
