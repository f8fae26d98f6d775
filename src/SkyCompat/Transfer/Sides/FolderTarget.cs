using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using SkyCompat.Files;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>A local folder, or one file. Files grow in a staging folder and become visible, whole, by a rename.</summary>
internal sealed class FolderTarget(TransferLocation location, TransferOptions options, string? journalId, long budgetBytes) : TransferTarget
{
    private const int BufferBytes = 256 << 10;
    private const int MinPartBytes = 64 << 10;

    /// <summary>Larger than those of uploads, since every part is a request to the source and most pass through memory in small pieces.</summary>
    private const long DefaultPartBytes = 16L << 20;
    private const int MaxParts = 100_000;

    private readonly string _folder = location.IsMany ? location.Path : Path.GetDirectoryName(location.Path)!;
    private readonly Lazy<StagingFolder> _staging = new(() => StagingFolder.Open(location.IsMany ? location.Path : Path.GetDirectoryName(location.Path)!, journalId, options.JournalPath));

    /// <summary>Whether a journal will say of what is written that it is there.</summary>
    public bool IsJournaled => journalId is not null;

    /// <summary>What the system was given is what it stores: there is nobody in between to confirm it.</summary>
    public override bool ConfirmsUploads => true;

    public override long PartsAboveBytes => PartPlan.SingleRequestBytes;

    public override long CountParts(long size) => (size + PartBytesOf(size) - 1) / PartBytesOf(size);

    public override string PathOf(string name) => location.IsMany ? Path.Combine(_folder, name) : location.Path;

    public override Task<SideEntry?> TryFindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(FolderListing.TryFind(PathOf(name), name));

    public override string? FindRefusal(string name, long size) => location.IsMany ? PathRules.FindProblem(name) ?? FindLink(name) : null;

    public override async Task<PutResult> PutAsync(string name, Stream body, long size, PutOptions put, DateTimeOffset? modifiedAt, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        var staged = _staging.Value.NewFile();
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(size, 1, BufferBytes));
        try
        {
            var written = 0L;
            using (var file = OpenStaged(staged, path, size))
            {
                int read;
                while ((read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    await WriteAsync(file, buffer.AsMemory(0, read), written, path, cancellationToken).ConfigureAwait(false);
                    written += read;
                }

                Finish(file, path, modifiedAt);
            }

            if (written != size)
            {
                throw new CloudException(CloudErrorCode.DataCorrupted, $"{written} bytes came, and {size} were stated. Nothing was written.") { Reason = ObjectStorageErrorReasons.LengthMismatch, Resource = path };
            }

            Publish(staged, path, put.Condition);
            return new PutResult { Tag = default, Size = size };
        }
        catch
        {
            Discard(staged);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override Task<PartSink> OpenPartsAsync(string name, long size, PutOptions put, DateTimeOffset? modifiedAt, string? state, CancellationToken cancellationToken) =>
        Task.FromResult<PartSink>(new FileSink(this, PathOf(name), size, put, modifiedAt, PartBytesOf(size), state));

    private long PartBytesOf(long size) => Math.Min(Math.Max(options.PartSizeBytes ?? DefaultPartBytes, Math.Max(MinPartBytes, (size / MaxParts) + 1)), budgetBytes / 2);

    public override async IAsyncEnumerable<DeleteResult> DeleteAsync(IAsyncEnumerable<string> names, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var name in names.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            DeleteResult result;
            try
            {
                File.Delete(PathOf(name));
                result = new DeleteResult(name, DeleteOutcome.Deleted);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                result = new DeleteResult(name, DeleteOutcome.Failed, FolderErrors.Writing(exception, PathOf(name)));
            }

            yield return result;
        }
    }

    public override void Complete()
    {
        if (_staging.IsValueCreated)
        {
            _staging.Value.IsDone = true;
        }
    }

    public override void Dispose()
    {
        if (_staging.IsValueCreated)
        {
            _staging.Value.Dispose();
        }

        base.Dispose();
    }

    /// <summary>A linked folder would lead out of the destination.</summary>
    private string? FindLink(string name)
    {
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = name.IndexOf('/', slash + 1))
        {
            if (new DirectoryInfo(Path.Combine(_folder, name[..slash])).LinkTarget is not null)
            {
                return $"The folder '{name[..slash]}' is a link; links are not followed.";
            }
        }

        return null;
    }

    internal string StagedPath(string id) => _staging.Value.KeptFile(id);

    internal static SafeFileHandle OpenStaged(string staged, string path, long size, FileMode mode = FileMode.Create)
    {
        try
        {
            return File.OpenHandle(staged, mode, FileAccess.Write, FileShare.Read, FileOptions.Asynchronous, mode == FileMode.Create ? size : 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FolderErrors.Writing(exception, path);
        }
    }

    internal static async ValueTask WriteAsync(SafeFileHandle file, ReadOnlyMemory<byte> bytes, long offset, string path, CancellationToken cancellationToken)
    {
        try
        {
            await RandomAccess.WriteAsync(file, bytes, offset, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FolderErrors.Writing(exception, path);
        }
    }

    /// <summary>Sets the time and, where a journal will say that the file is done, sees to it that it is.</summary>
    internal void Finish(SafeFileHandle file, string path, DateTimeOffset? modifiedAt)
    {
        try
        {
            if (IsJournaled)
            {
                RandomAccess.FlushToDisk(file);
            }

            if (modifiedAt is { } time)
            {
                File.SetLastWriteTimeUtc(file, time.UtcDateTime);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FolderErrors.Writing(exception, path);
        }
    }

    /// <summary>What cannot be deleted now goes with the staging folder.</summary>
    internal static void Discard(string staged)
    {
        try
        {
            File.Delete(staged);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Why the file is not wanted is the error to report.
        }
    }

    private static void Move(string staged, string path, bool mayReplace)
    {
        if (mayReplace)
        {
            File.Move(staged, path, overwrite: true);
        }
        else
        {
            ExclusiveMove.Run(staged, path);
        }
    }

    internal void Publish(string staged, string path, WriteCondition condition)
    {
        var mayReplace = condition.Kind != WriteConditionKind.MustNotExist;
        try
        {
            try
            {
                Move(staged, path, mayReplace);
            }
            catch (Exception exception) when (exception is DirectoryNotFoundException or FileNotFoundException && File.Exists(staged))
            {
                // The folder is missing, or was when the rename was tried and another object has made it since.
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                Move(staged, path, mayReplace);
            }

            if (IsJournaled)
            {
                DirectorySync.Flush(Path.GetDirectoryName(path)!);
            }
        }
        catch (IOException exception) when (!mayReplace && File.Exists(path))
        {
            throw new CloudException(CloudErrorCode.AlreadyExists, "The file is there already.", exception) { Reason = ObjectStorageErrorReasons.ObjectExists, Resource = path };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FolderErrors.Writing(exception, path);
        }
    }
}
