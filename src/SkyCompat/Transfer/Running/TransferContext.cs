using SkyCompat.Diagnostics;
using SkyCompat.Memory;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Planning;
using SkyCompat.Transfer.Pricing;
using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer.Running;

/// <summary>What the parts of one transfer share.</summary>
internal sealed record TransferContext : IDisposable
{
    public required TransferRequest Request { get; init; }

    public required TransferSource Source { get; init; }

    public required TransferTarget Target { get; init; }

    /// <summary>The destination, to be read from.</summary>
    public required TransferSource TargetReader { get; init; }

    public required RoutePlanner Routes { get; init; }

    public required TransferOutline Outline { get; init; }

    public required NameFilter Filter { get; init; }

    public required PriceTable Prices { get; init; }

    public required ByteBudget Budget { get; init; }

    public required bool CarriesTags { get; init; }

    public required bool CarriesTier { get; init; }

    /// <summary>Whether a server-side copy can demand the tag of its source.</summary>
    public required bool PinsCopySource { get; init; }

    /// <summary>How many objects the destination deletes by one request.</summary>
    public required int DeletesPerRequest { get; init; }

    public CloudIdentity? SourceCloud { get; init; }

    public CloudIdentity? TargetCloud { get; init; }

    public TransferOptions Options => Request.Options;

    /// <summary>What the lists say of two entries of one name. A file gets the original's time, a copy in a bucket its own.</summary>
    public SyncDecision Compare(SideEntry source, SideEntry target) =>
        SyncDecision.Of(source, target, Options.Comparison, targetKeepsOriginalTime: Target.Bucket is null && Options.IncludeModifiedTime, sourceIsFile: Source.Bucket is null);

    public void Dispose() => Target.Dispose();

    /// <summary>Fails if something would be lost on the way and that is not to be.</summary>
    public void RefuseLosses()
    {
        if (Options.RefuseLosses && Outline.Losses.Count > 0)
        {
            throw new CloudException(
                CloudErrorCode.Unsupported, $"The destination cannot keep everything: {string.Join(" ", Outline.Losses.Select(loss => $"{loss.Kind}: {loss.Reason}"))} Nothing was copied. Leave it out of the request, or allow losses.");
        }
    }

    /// <summary>Fails if there is more to delete than may be.</summary>
    public void RefuseDeletes(long count)
    {
        if (count > Options.MaxDeletes)
        {
            throw new CloudException(
                CloudErrorCode.PreconditionFailed,
                $"{count} objects are only at the destination and MaxDeletes is {Options.MaxDeletes}, so none was deleted; everything else is done. Look at the plan, and raise the limit if it is right.");
        }
    }

    /// <summary>Whether an object goes part by part.</summary>
    public bool IsMovedInParts(long size) => Routes.Choose(size).Routes is [TransferRoute.Pull, ..] || (size > Target.PartsAboveBytes && Routes.Choose(size).Routes is not [TransferRoute.ServerSideCopy, ..]);

    /// <summary>Fails unless the destination has all of an object.</summary>
    public void CheckSize(SideEntry entry, PutResult result)
    {
        if (result.Size != entry.Size)
        {
            throw new CloudException(CloudErrorCode.DataCorrupted, $"The destination has {result.Size} bytes of {entry.Size}.")
            {
                Reason = ObjectStorageErrorReasons.LengthMismatch,
                Resource = Target.PathOf(entry.Name),
            };
        }
    }

    /// <summary>What was spent, since this was last asked, on finding, comparing and deleting. Deletes are counted and, as the providers have it, not charged.</summary>
    public TransferCost TakeOverhead()
    {
        var source = Source.Bucket is null ? default : Source.Requests.Take();
        var target = TargetReader.Bucket is null ? default : TargetReader.Requests.Take();
        return new TransferCost(
            0, 0, 0, source.Looks + target.Looks, source.Lists + target.Lists + target.Deletes, Prices.Requests(SourceCloud, source.Looks, source.Lists) + Prices.Requests(TargetCloud, target.Looks, target.Lists));
    }

    /// <summary>Counts an object that is deleted, by its place among those.</summary>
    public void CountDelete(long index)
    {
        if (index % DeletesPerRequest == 0)
        {
            TargetReader.Requests.Deleted();
        }
    }

    /// <summary>What moving an object costs.</summary>
    public TransferCost CostOf(TransferRoute route, long size)
    {
        var (reads, writes) = Routes.CountRequests(route, size);
        var egress = route is TransferRoute.ServerSideCopy ? Prices.EgressPerGiB(SourceCloud, TargetCloud) ?? 0 : Outline.EgressPricePerGiB ?? 0;
        var amount = (egress * size / (1L << 30)) + Prices.Requests(SourceCloud, reads, 0) + Prices.Requests(TargetCloud, 0, writes);
        return new TransferCost(size, route is TransferRoute.Pipe ? size : 0, egress > 0 ? size : 0, reads, writes, amount);
    }
}
