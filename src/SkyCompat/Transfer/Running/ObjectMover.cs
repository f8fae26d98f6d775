using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer.Running;

/// <summary>Moves one object by the first route that can carry it.</summary>
internal sealed class ObjectMover(TransferContext context, PartMover parts, TransferMeter meter, BandwidthLimiter? bandwidth)
{
    private const int FailuresUntilRouteIsLeft = 3;

    private int _pullFailures;

    /// <summary>By what a copy is known to be right.</summary>
    /// <param name="isProven">Whether the bytes were compared with a checksum of the source.</param>
    /// <param name="isConfirmed">Whether the destination confirmed the bytes.</param>
    public static TransferVerification Grade(bool isProven, bool isConfirmed) =>
        !isConfirmed ? TransferVerification.Size : isProven ? TransferVerification.EndToEnd : TransferVerification.Upload;

    public static CloudException NoChecksum(string resource) =>
        new(CloudErrorCode.Unsupported, "The source keeps no checksum that could prove the copy, and the transfer requires one. Drop RequireChecksum, or store the source with a checksum.") { Resource = resource };

    /// <summary>Moves an object.</summary>
    /// <param name="entry">What the source's list shows.</param>
    /// <param name="existing">What the destination's list shows; null if it has none, or was not listed.</param>
    /// <param name="holdsSlot">Whether the object itself counts against what may be in flight, which its parts must not wait for.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<TransferResult> MoveAsync(SideEntry entry, SideEntry? existing, bool holdsSlot, CancellationToken cancellationToken)
    {
        var active = meter.Begin(entry.Name, entry.Size, holdsSlot);
        try
        {
            string? note = null;
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    var result = await MoveByRoutesAsync(entry, existing, active, cancellationToken).ConfigureAwait(false);
                    return note is null ? result : result with { Reason = $"{note} {result.Reason}" };
                }
                catch (CloudException exception) when (attempt < TransferDefaults.Attempts && exception is { Reason: ObjectStorageErrorReasons.ChecksumMismatch, Operation: "GetObject" })
                {
                    // Nothing became visible. Damage on the way is rare and does not repeat; damage at the source does.
                    meter.Restart(active);
                }
                catch (CloudException exception) when (attempt < TransferDefaults.Attempts && IsChange(exception))
                {
                    meter.Restart(active);
                    entry = await context.Source.TryFindAsync(entry.Name, cancellationToken).ConfigureAwait(false) ?? throw context.Source.Gone(entry.Name);
                    note = "The source changed while it was read; this is the newer content.";
                }
            }
        }
        finally
        {
            meter.End(active);
        }
    }

    private async Task<TransferResult> MoveByRoutesAsync(SideEntry entry, SideEntry? existing, ActiveObject active, CancellationToken cancellationToken)
    {
        var decision = context.Routes.Choose(entry.Size);
        if (decision.Routes.Count == 0)
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"No allowed route can carry it: {decision.Reason}.") { Resource = context.Source.PathOf(entry.Name) };
        }

        var reason = decision.Reason;
        for (var i = 0; ; i++)
        {
            var route = decision.Routes[i];
            var isLast = i == decision.Routes.Count - 1;
            if (route is TransferRoute.Pull && !isLast && Volatile.Read(ref _pullFailures) >= FailuresUntilRouteIsLeft)
            {
                reason = "the destination could not read from the source's URLs before";
                meter.FellBack(route, reason);
                continue;
            }

            try
            {
                var verification = route is TransferRoute.ServerSideCopy
                    ? await CopyInsideAsync(entry, existing, active, cancellationToken).ConfigureAwait(false)
                    : await CarryAsync(entry, existing, route, active, cancellationToken).ConfigureAwait(false);
                return new TransferResult
                {
                    Name = entry.Name,
                    Target = context.Target.PathOf(entry.Name),
                    Outcome = TransferOutcome.Copied,
                    Size = entry.Size,
                    Route = route,
                    Verification = verification,
                    Reason = reason,
                    Cost = context.CostOf(route, entry.Size),
                };
            }
            catch (CloudException exception) when (!isLast && !IsChange(exception) && CannotCarry(route, exception))
            {
                if (route is TransferRoute.Pull)
                {
                    Interlocked.Increment(ref _pullFailures);
                }

                meter.Restart(active);
                meter.FellBack(route, exception.Message);
                reason = $"the {(route is TransferRoute.Pull ? "pull" : "server-side copy")} failed: {exception.Message}";
            }
        }
    }

    /// <summary>Whether an error says that the source is not any more what the list showed.</summary>
    private static bool IsChange(CloudException exception) => exception.Reason is ObjectStorageErrorReasons.ObjectChanged;

    /// <summary>Whether the next route may do better. What is wrong with the destination, or with a condition, is wrong by every route.</summary>
    private static bool CannotCarry(TransferRoute route, CloudException exception) => route is TransferRoute.Pull
        ? exception.Code is not (CloudErrorCode.AlreadyExists or CloudErrorCode.PreconditionFailed or CloudErrorCode.QuotaExceeded or CloudErrorCode.Unauthenticated or CloudErrorCode.DataCorrupted)
        : exception.Code is CloudErrorCode.Unsupported or CloudErrorCode.PermissionDenied;

    private async Task<TransferVerification> CopyInsideAsync(SideEntry entry, SideEntry? existing, ActiveObject active, CancellationToken cancellationToken)
    {
        ObjectAttributes? attributes = null;
        Checksum? expected = null;
        if (context.Routes.RewritesAttributes)
        {
            var known = await context.Source.GetAttributesAsync(entry, cancellationToken).ConfigureAwait(false);
            expected = known.Checksum;
            if (context.Options.RequireChecksum && expected is null)
            {
                throw NoChecksum(context.Source.PathOf(entry.Name));
            }

            var addsTime = context.Options.IncludeModifiedTime && !known.Metadata.ContainsKey(ModifiedTime.MetadataKey);
            if (addsTime || !context.Options.IncludeTags)
            {
                attributes = new ObjectAttributes
                {
                    Headers = known.Headers,
                    Metadata = addsTime ? ModifiedTime.Add(known.Metadata, known.ModifiedAt) : known.Metadata,
                    Tags = context.Options.IncludeTags ? null : WriteRequests.DefaultOptions.Tags,
                };
            }
        }

        var options = new CopyOptions
        {
            Condition = ConditionOf(existing),
            SourceIfMatch = context.PinsCopySource ? entry.Tag : default,
            Attributes = attributes,
            Tier = context.CarriesTier ? entry.Tier : null,
        };
        var reference = new ObjectReference(context.Source.Bucket!, context.Source.PathOf(entry.Name));
        PutResult result;
        try
        {
            result = await context.Target.Bucket!.CopyAsync(reference, context.Target.PathOf(entry.Name), options, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.PreconditionFailed && options.Condition.Kind is not WriteConditionKind.MustMatch)
        {
            // The only thing that was demanded is the source's tag.
            throw context.Source.Changed(entry.Name);
        }

        meter.Move(active, entry.Size);
        if (expected is not null && result.Checksum is null && context.Options.RequireChecksum)
        {
            var stored = await context.Target.Bucket.TryGetInfoAsync(context.Target.PathOf(entry.Name), cancellationToken: cancellationToken).ConfigureAwait(false);
            result = result with { Checksum = stored?.Checksum };
        }

        var isComparable = expected is not null && result.Checksum?.Algorithm == expected.Algorithm;
        if (isComparable && !result.Checksum!.Equals(expected))
        {
            throw new CloudException(CloudErrorCode.DataCorrupted, $"The copy has checksum {result.Checksum}; the source keeps {expected}.") { Reason = ObjectStorageErrorReasons.ChecksumMismatch, Resource = context.Target.PathOf(entry.Name) };
        }

        context.CheckSize(entry, result);
        return isComparable ? TransferVerification.EndToEnd
            : context.Options.RequireChecksum ? throw NoChecksum(context.Source.PathOf(entry.Name))
            : TransferVerification.Size;
    }

    private async Task<TransferVerification> CarryAsync(SideEntry entry, SideEntry? existing, TransferRoute route, ActiveObject active, CancellationToken cancellationToken)
    {
        var tags = context.CarriesTags ? await context.Source.GetTagsAsync(entry.Name, cancellationToken).ConfigureAwait(false) : WriteRequests.DefaultOptions.Tags;
        if (route is TransferRoute.Pull || entry.Size > context.Target.PartsAboveBytes)
        {
            var attributes = await context.Source.GetAttributesAsync(entry, cancellationToken).ConfigureAwait(false);
            return await parts.MoveAsync(entry, OptionsOf(attributes, tags, entry, existing), attributes, route, active, cancellationToken).ConfigureAwait(false);
        }

        var content = await context.Source.OpenAsync(entry, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            if (context.Options.RequireChecksum && !content.IsVerified)
            {
                throw NoChecksum(context.Source.PathOf(entry.Name));
            }

            var body = new MeteredStream(content.Body, entry.Size, meter, active, bandwidth);
            DateTimeOffset? modified = context.Options.IncludeModifiedTime ? content.Attributes.ModifiedAt : null;
            var result = await context.Target.PutAsync(entry.Name, body, entry.Size, OptionsOf(content.Attributes, tags, entry, existing), modified, cancellationToken).ConfigureAwait(false);
            context.CheckSize(entry, result);
            return Grade(content.IsVerified, context.Target.ConfirmsUploads);
        }
    }

    private PutOptions OptionsOf(SourceAttributes attributes, IReadOnlyDictionary<string, string> tags, SideEntry entry, SideEntry? existing) => new()
    {
        Headers = attributes.Headers,
        Metadata = attributes.Metadata,
        Tags = tags,
        Tier = context.CarriesTier ? entry.Tier : StorageTier.Standard,
        Condition = ConditionOf(existing),
    };

    private WriteCondition ConditionOf(SideEntry? existing) => context.Options.Overwrite switch
    {
        TransferOverwrite.Never => WriteCondition.MustNotExist,
        TransferOverwrite.WhenUnchanged => existing is { } seen ? WriteCondition.MustMatch(seen.Tag) : WriteCondition.MustNotExist,
        _ => WriteCondition.None,
    };
}
