using System.Runtime.ExceptionServices;
using SkyCompat.Memory;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Journal;
using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer.Running;

/// <summary>Moves one object in parts: part n + 1 is read while part n is written, and each part that arrived is journaled.</summary>
internal sealed class PartMover(TransferContext context, TransferJournal journal, TransferMeter meter, ConcurrencyGate gate, BandwidthLimiter? bandwidth, SignedSources urls) : IDisposable
{
    private const int PartsAtATimeUnderALimit = 2;
    private const int PieceBytes = 1 << 20;
    private const int PartsToAFolderAtATime = 16;

    // Under a bandwidth limit many parts at a time would all grow slowly and none be finished: what is interrupted would have nothing to go on with.
    // Without one the memory of whole parts bounds them; those of a file pass in pieces, take next to none, and would crowd the source.
    private readonly SemaphoreSlim _parts = new(bandwidth is not null ? PartsAtATimeUnderALimit : context.Target.Bucket is null ? PartsToAFolderAtATime : int.MaxValue);

    private readonly Md5Lanes _md5 = new();

    public void Dispose() => _parts.Dispose();

    public async Task<TransferVerification> MoveAsync(SideEntry entry, PutOptions options, SourceAttributes attributes, TransferRoute route, ActiveObject active, CancellationToken cancellationToken)
    {
        if (active.HoldsSlot)
        {
            // The parts pass the gate one by one: an object that waited for them inside it could wait for ever.
            gate.Exit();
        }

        try
        {
            while (true)
            {
                var (sink, known) = await OpenAsync(entry, options, attributes, cancellationToken).ConfigureAwait(false);
                await using (sink.ConfigureAwait(false))
                {
                    try
                    {
                        return await MoveAsync(sink, known, entry, attributes, route, active, cancellationToken).ConfigureAwait(false);
                    }
                    catch (CloudException exception) when (known is not null && exception.Reason is ObjectStorageErrorReasons.UploadNotFound or ObjectStorageErrorReasons.InvalidPart)
                    {
                        // Swept meanwhile, or completed by a run that died before it could say so: begun anew, which is right in both cases.
                        meter.Restart(active);
                        await DropAsync(entry.Name, sink).ConfigureAwait(false);
                    }
                    catch (Exception exception) when (MustDrop(exception, known))
                    {
                        await DropAsync(entry.Name, sink).ConfigureAwait(false);
                        throw;
                    }
                }
            }
        }
        finally
        {
            urls.Forget(entry.Name);
            if (active.HoldsSlot)
            {
                await gate.EnterAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Drops what earlier runs began and no run came back to, such as of objects that the source has no more.</summary>
    public async Task DropLeftoversAsync()
    {
        foreach (var (name, state) in journal.ListUploads())
        {
            try
            {
                var sink = await context.Target.OpenPartsAsync(name, 1, WriteRequests.DefaultOptions, modifiedAt: null, state, CancellationToken.None).ConfigureAwait(false);
                await using (sink.ConfigureAwait(false))
                {
                    await DropAsync(name, sink).ConfigureAwait(false);
                }
            }
            catch (CloudException)
            {
                // It is gone, or is found by listing unfinished uploads.
            }
        }
    }

    /// <summary>Whether what arrived so far is of no more use. A journal goes on with it, unless it is of content that is not the source's any more, or gone.</summary>
    private bool MustDrop(Exception exception, JournaledUpload? known) =>
        !journal.IsDurable
        || exception is CloudException { Code: CloudErrorCode.DataCorrupted or CloudErrorCode.PreconditionFailed or CloudErrorCode.AlreadyExists or CloudErrorCode.InvalidArgument }
        || (exception is CloudException { Code: CloudErrorCode.NotFound } && known is not null);

    /// <summary>Whether only the bytes of all parts, in order, can give the proof that is required: those of an earlier run are not at hand.</summary>
    private bool NeedsAllBytes(SourceAttributes attributes) =>
        context.Options.RequireChecksum && attributes.Checksum is { } checksum && !PartVerifier.CanCombine(checksum.Algorithm);

    private async Task<(PartSink Sink, JournaledUpload? Known)> OpenAsync(SideEntry entry, PutOptions options, SourceAttributes attributes, CancellationToken cancellationToken)
    {
        DateTimeOffset? modified = context.Options.IncludeModifiedTime ? attributes.ModifiedAt : null;
        var tag = entry.Tag.ToString();
        if (journal.FindUpload(entry.Name) is { } known)
        {
            try
            {
                var resumed = await context.Target.OpenPartsAsync(entry.Name, entry.Size, options, modified, known.State, cancellationToken).ConfigureAwait(false);
                if (known.Tag == tag && !NeedsAllBytes(attributes))
                {
                    return (resumed, known);
                }

                await DropAsync(entry.Name, resumed).ConfigureAwait(false);
                await resumed.DisposeAsync().ConfigureAwait(false);
            }
            catch (CloudException exception) when (exception.Code is CloudErrorCode.NotFound)
            {
                await journal.RemoveUploadAsync(entry.Name).ConfigureAwait(false);
            }
        }

        var sink = await context.Target.OpenPartsAsync(entry.Name, entry.Size, options, modified, state: null, cancellationToken).ConfigureAwait(false);
        if (journal.IsDurable)
        {
            await journal.AddUploadAsync(entry.Name, tag, sink.State).ConfigureAwait(false);
        }

        return (sink, null);
    }

    private async Task<TransferVerification> MoveAsync(
        PartSink sink, JournaledUpload? known, SideEntry entry, SourceAttributes attributes, TransferRoute route, ActiveObject active, CancellationToken cancellationToken)
    {
        var count = (int)((entry.Size + sink.PartBytes - 1) / sink.PartBytes);
        var parts = new UploadedPart?[count];
        foreach (var part in known?.Parts ?? [])
        {
            parts[part.Part.Number - 1] = part.Part;
            meter.Move(active, part.Part.Size);
        }

        using var verifier = new PartVerifier(attributes.Checksum, entry.Size, sink.PartBytes, count, known?.Parts ?? []);
        var inPieces = sink.TakesPieces && !verifier.IsOrdered;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task>();
        Exception? failure = null;
        try
        {
            for (var number = 1; number <= count && !stop.IsCancellationRequested; number++)
            {
                if (parts[number - 1] is null)
                {
                    running.RemoveAll(static task => task.IsCompletedSuccessfully);
                    running.Add(await StartAsync(number).ConfigureAwait(false));
                }
            }
        }
#pragma warning disable CA1031 // Raised once the parts in flight have ended.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
            await stop.CancelAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // The first that failed stopped the others; theirs are only its consequences.
        if ((running.Find(static task => task.IsFaulted)?.Exception?.InnerException ?? failure) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await CompleteAsync(sink, [.. parts.Select(static part => part!)], verifier, entry, route, cancellationToken).ConfigureAwait(false);

        // What a part needs is taken in the order of the parts, so that the earliest always has all and none waits for a later one.
        async Task<Task> StartAsync(int number)
        {
            var offset = (number - 1) * sink.PartBytes;
            var length = Math.Min(sink.PartBytes, entry.Size - offset);
            await _parts.WaitAsync(stop.Token).ConfigureAwait(false);
            PooledBuffer? buffer = null;
            var isInside = false;
            try
            {
                await gate.EnterAsync(stop.Token).ConfigureAwait(false);
                isInside = true;
                buffer = route is TransferRoute.Pull ? null : await PooledBuffer.CreateAsync(context.Budget, inPieces ? Math.Min(length, PieceBytes) : length, stop.Token).ConfigureAwait(false);
            }
            catch
            {
                Leave(isInside);
                throw;
            }

            return Task.Run(() => RunAsync(number, offset, length, buffer), CancellationToken.None);
        }

        async Task RunAsync(int number, long offset, long length, PooledBuffer? buffer)
        {
            try
            {
                using (buffer)
                {
                    var moving = buffer switch
                    {
                        null => PullAsync(sink, verifier, entry, number, offset, length, active, stop.Token),
                        _ when inPieces => PipePiecesAsync(sink, verifier, entry, number, offset, length, buffer.GetMemory(), active, stop.Token),
                        _ => PipeAsync(sink, verifier, entry, number, offset, buffer, active, stop.Token),
                    };
                    parts[number - 1] = await moving.ConfigureAwait(false);
                }
            }
            catch
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
            finally
            {
                Leave(isInside: true);
            }
        }

        void Leave(bool isInside)
        {
            if (isInside)
            {
                gate.Exit();
            }

            _parts.Release();
        }
    }

    private async Task<UploadedPart> PipeAsync(PartSink sink, PartVerifier verifier, SideEntry entry, int number, long offset, PooledBuffer buffer, ActiveObject active, CancellationToken cancellationToken)
    {
        using var hasher = verifier.TryBegin();
        using var md5 = sink.PartChecksum is ChecksumAlgorithm.Md5 ? _md5.Begin() : null;
        var body = await OpenRangeAsync(entry, offset, buffer.Capacity, active, cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            while (!buffer.IsFull)
            {
                var piece = await ReadAsync(body, entry, buffer.GetMemory(), cancellationToken).ConfigureAwait(false);
                buffer.Advance(piece.Length);
                hasher?.Append(piece.Span);
                md5?.Append(piece);
            }
        }

        await verifier.AddInOrderAsync(number, buffer.GetBytes(), cancellationToken).ConfigureAwait(false);
        var checksum = verifier.Add(number, hasher?.GetChecksum());
        var part = await sink.PutPartAsync(number, buffer.GetBytes(), md5?.GetChecksum(), cancellationToken).ConfigureAwait(false);
        await KeepAsync(entry.Name, part, checksum).ConfigureAwait(false);
        return part;
    }

    /// <summary>Each piece is checked and written while it is in the processor's cache, and a part takes the memory of one.</summary>
    private async Task<UploadedPart> PipePiecesAsync(
        PartSink sink, PartVerifier verifier, SideEntry entry, int number, long offset, long length, Memory<byte> buffer, ActiveObject active, CancellationToken cancellationToken)
    {
        using var hasher = verifier.TryBegin();
        var body = await OpenRangeAsync(entry, offset, length, active, cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            for (var written = 0L; written < length;)
            {
                // As much as fits, since every write to a file costs a change of threads.
                var piece = await ReadAsync(body, entry, buffer[..(int)Math.Min(buffer.Length, length - written)], cancellationToken).ConfigureAwait(false);
                hasher?.Append(piece.Span);
                await sink.WriteAsync(offset + written, piece, cancellationToken).ConfigureAwait(false);
                written += piece.Length;
            }
        }

        var checksum = verifier.Add(number, hasher?.GetChecksum());
        var part = sink.FinishPart(number, length);
        await KeepAsync(entry.Name, part, checksum).ConfigureAwait(false);
        return part;
    }

    private async Task<Memory<byte>> ReadAsync(MeteredStream body, SideEntry entry, Memory<byte> piece, CancellationToken cancellationToken) =>
        await body.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) == piece.Length ? piece : throw context.Source.Changed(entry.Name);

    private async Task<MeteredStream> OpenRangeAsync(SideEntry entry, long offset, long length, ActiveObject active, CancellationToken cancellationToken) =>
        new(await context.Source.OpenRangeAsync(entry, offset, length, cancellationToken).ConfigureAwait(false), length, meter, active, bandwidth);

    private async Task<UploadedPart> PullAsync(PartSink sink, PartVerifier verifier, SideEntry entry, int number, long offset, long length, ActiveObject active, CancellationToken cancellationToken)
    {
        var url = await urls.GetAsync(entry.Name, cancellationToken).ConfigureAwait(false);
        UploadedPart part;
        try
        {
            part = await sink.PullPartAsync(number, url, offset, length, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.PermissionDenied or CloudErrorCode.Unauthenticated)
        {
            // It may have expired on its way.
            urls.Forget(entry.Name, url);
            url = await urls.GetAsync(entry.Name, cancellationToken).ConfigureAwait(false);
            part = await sink.PullPartAsync(number, url, offset, length, cancellationToken).ConfigureAwait(false);
        }

        var checksum = verifier.Add(number, part.Checksum);
        meter.Move(active, length);
        await KeepAsync(entry.Name, part, checksum).ConfigureAwait(false);
        return part;
    }

    private Task KeepAsync(string name, UploadedPart part, Checksum? checksum) =>
        journal.IsDurable ? journal.AddPartAsync(name, new JournaledPart(part, checksum)) : Task.CompletedTask;

    private async Task<TransferVerification> CompleteAsync(
        PartSink sink, IReadOnlyList<UploadedPart> parts, PartVerifier verifier, SideEntry entry, TransferRoute route, CancellationToken cancellationToken)
    {
        var isProven = verifier.Check(context.Source.PathOf(entry.Name));
        if (context.Options.RequireChecksum && !isProven && context.Source.Bucket is not null)
        {
            throw ObjectMover.NoChecksum(context.Source.PathOf(entry.Name));
        }

        if (route is TransferRoute.Pull && (await context.Source.TryFindAsync(entry.Name, cancellationToken).ConfigureAwait(false))?.Tag != entry.Tag)
        {
            // A signed URL gives whatever is there: only that it is still the same proves that every part is of the same.
            throw context.Source.Changed(entry.Name);
        }

        var result = await sink.CompleteAsync(parts, cancellationToken).ConfigureAwait(false);
        context.CheckSize(entry, result);
        return ObjectMover.Grade(isProven || context.Source.Bucket is null, route is TransferRoute.Pull ? isProven : context.Target.ConfirmsUploads);
    }

    /// <summary>Best effort: an upload that cannot be dropped now is found by listing unfinished uploads.</summary>
    private async Task DropAsync(string name, PartSink sink)
    {
        try
        {
            await sink.AbortAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (CloudException)
        {
            // What ended the transfer of this object is the error to report.
        }

        await journal.RemoveUploadAsync(name).ConfigureAwait(false);
    }
}
