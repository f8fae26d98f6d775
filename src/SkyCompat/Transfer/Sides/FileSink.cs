using System.Buffers;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>A file that is written at many places at a time.</summary>
internal sealed class FileSink : PartSink
{
    private readonly FolderTarget _target;
    private readonly string _path;
    private readonly PutOptions _options;
    private readonly DateTimeOffset? _modifiedAt;
    private readonly long _size;
    private readonly string _id;
    private readonly string _staged;
    private readonly SafeFileHandle _file;

    public FileSink(FolderTarget target, string path, long size, PutOptions options, DateTimeOffset? modifiedAt, long partBytes, string? state)
    {
        var known = state is null ? null : JsonSerializer.Deserialize(state, TransferJson.Default.UploadState);
        _target = target;
        _path = path;
        _size = size;
        _options = options;
        _modifiedAt = modifiedAt;
        _id = known?.UploadId ?? Guid.NewGuid().ToString("n");
        PartBytes = known?.PartBytes ?? partBytes;
        _staged = target.StagedPath(_id);
        if (known is not null && !File.Exists(_staged))
        {
            throw new CloudException(CloudErrorCode.NotFound, "The unfinished file is gone.") { Reason = ObjectStorageErrorReasons.UploadNotFound, Resource = path };
        }

        _file = FolderTarget.OpenStaged(_staged, path, size, known is null ? FileMode.Create : FileMode.Open);
    }

    public override string State => JsonSerializer.Serialize(new UploadState(_id, PartBytes), TransferJson.Default.UploadState);

    public override long PartBytes { get; }

    public override bool TakesPieces => true;

    public override async Task<UploadedPart> PutPartAsync(int number, ReadOnlySequence<byte> bytes, Checksum? checksum, CancellationToken cancellationToken)
    {
        var offset = (number - 1) * PartBytes;
        foreach (var segment in bytes)
        {
            await WriteAsync(offset, segment, cancellationToken).ConfigureAwait(false);
            offset += segment.Length;
        }

        return FinishPart(number, bytes.Length);
    }

    public override ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => FolderTarget.WriteAsync(_file, bytes, offset, _path, cancellationToken);

    public override UploadedPart FinishPart(int number, long size)
    {
        if (_target.IsJournaled)
        {
            _target.Finish(_file, _path, modifiedAt: null);
        }

        return new UploadedPart(number, default, size);
    }

    public override Task<PutResult> CompleteAsync(IReadOnlyCollection<UploadedPart> parts, CancellationToken cancellationToken)
    {
        _target.Finish(_file, _path, _modifiedAt);
        _file.Dispose();
        _target.Publish(_staged, _path, _options.Condition);
        return Task.FromResult(new PutResult { Tag = default, Size = _size });
    }

    public override Task AbortAsync(CancellationToken cancellationToken)
    {
        _file.Dispose();
        FolderTarget.Discard(_staged);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _file.Dispose();
        return base.DisposeAsync();
    }
}
