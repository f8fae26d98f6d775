using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Planning;
using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer.Running;

/// <summary>The closer look at two objects that the lists could not decide.</summary>
internal sealed class ContentComparer(TransferContext context)
{
    private static readonly TimeSpan CoarsestFileTime = TimeSpan.FromSeconds(2);

    public async Task<SyncDecision> CompareAsync(SideEntry source, SideEntry target, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await LookAsync(source, target, cancellationToken).ConfigureAwait(false);
            }
            catch (CloudException exception) when (attempt < TransferDefaults.Attempts && exception.Reason is ObjectStorageErrorReasons.ObjectChanged)
            {
                // One of the two is not any more what the lists showed: what is there now counts.
                source = await context.Source.TryFindAsync(source.Name, cancellationToken).ConfigureAwait(false) ?? throw context.Source.Gone(source.Name);
                if (await context.TargetReader.TryFindAsync(target.Name, cancellationToken).ConfigureAwait(false) is not { } now)
                {
                    return new SyncDecision(false, "the destination lacks it");
                }

                target = now;
                if (source.Size != target.Size)
                {
                    return SyncDecision.Of(source, target, TransferComparison.Content, targetKeepsOriginalTime: false, sourceIsFile: false);
                }
            }
        }
    }

    private async Task<SyncDecision> LookAsync(SideEntry source, SideEntry target, CancellationToken cancellationToken)
    {
        if (context.Options.Comparison is not TransferComparison.Content)
        {
            var original = await LookAsync(context.Source, source, cancellationToken).ConfigureAwait(false);
            return (original.ModifiedAt - target.LastModified).Duration() < CoarsestFileTime
                ? new SyncDecision(true, "the size is the same and the file has the original's time")
                : new SyncDecision(false, "the source is newer");
        }

        var here = (await LookAsync(context.Source, source, cancellationToken).ConfigureAwait(false)).Checksum;
        var there = (await LookAsync(context.TargetReader, target, cancellationToken).ConfigureAwait(false)).Checksum;
        if (here is not null && there?.Algorithm == here.Algorithm)
        {
            return Decide(here, there, "as stored");
        }

        // Reading one side is enough if the other keeps a checksum.
        var algorithm = here?.Algorithm ?? there?.Algorithm ?? ChecksumAlgorithm.Crc64Nvme;
        var left = here is not null && here.Algorithm == algorithm ? here : await ReadAsync(context.Source, source, algorithm, cancellationToken).ConfigureAwait(false);
        var right = there is not null && there.Algorithm == algorithm ? there : await ReadAsync(context.TargetReader, target, algorithm, cancellationToken).ConfigureAwait(false);
        return Decide(left, right, ReferenceEquals(left, here) || ReferenceEquals(right, there) ? "stored at one side, read at the other" : "read at both sides");
    }

    private static SyncDecision Decide(Checksum left, Checksum right, string how) =>
        left.Equals(right) ? new SyncDecision(true, $"the checksums are the same, {how}: {left}") : new SyncDecision(false, $"the checksums differ, {how}: {left} and {right}");

    private static Task<SourceAttributes> LookAsync(TransferSource side, SideEntry entry, CancellationToken cancellationToken)
    {
        side.Requests.Looked();
        return side.GetAttributesAsync(entry, cancellationToken);
    }

    private static async Task<Checksum> ReadAsync(TransferSource side, SideEntry entry, ChecksumAlgorithm algorithm, CancellationToken cancellationToken)
    {
        side.Requests.Looked();
        var content = await side.OpenAsync(entry, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            return await ChecksumHasher.ComputeAsync(algorithm, content.Body, cancellationToken).ConfigureAwait(false);
        }
    }
}
