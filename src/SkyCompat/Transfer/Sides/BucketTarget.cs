using System.Runtime.CompilerServices;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>A bucket's prefix, or one key of it.</summary>
internal sealed class BucketTarget(TransferLocation location, BucketCapabilities capabilities, TransferOptions options, long budgetBytes) : TransferTarget
{
    private readonly IBucket _bucket = location.Bucket!;
    private readonly KeyPolicy _keyPolicy = location.Bucket!.GetService<Bucket>()?.Context.KeyPolicy ?? KeyPolicy.Verbatim;

    public override IBucket Bucket => _bucket;

    public override bool ConfirmsUploads => capabilities.Supports(BucketFeatures.UploadChecksum);

    public override long PartsAboveBytes =>
        capabilities.Supports(BucketFeatures.Multipart) ? Math.Min(capabilities.MaxPutBytes, PartPlan.SingleRequestBytes) : long.MaxValue;

    public override long CountParts(long size)
    {
        // What is too large for its parts fails when it is written; until then it counts as the most there can be.
        var most = capabilities.MaxParts * (Int128)PartPlan.LargestPartBytes(capabilities, budgetBytes);
        return size > most ? capabilities.MaxParts : (size + PartBytesOf(size) - 1) / PartBytesOf(size);
    }

    public override string PathOf(string name) => location.IsMany ? location.Path + name : location.Path;

    public override async Task<SideEntry?> TryFindAsync(string name, CancellationToken cancellationToken) =>
        await _bucket.TryGetInfoAsync(PathOf(name), cancellationToken: cancellationToken).ConfigureAwait(false) is { } info
            ? new SideEntry(name, info.Size, info.LastModified, info.Tag, info.Tier)
            : null;

    public override string? FindRefusal(string name, long size)
    {
        if (size > capabilities.MaxObjectBytes)
        {
            return $"It has {size} bytes; the destination takes {capabilities.MaxObjectBytes}.";
        }

        if (ReservedKeys.Holds(PathOf(name)))
        {
            return $"Keys under '{ReservedKeys.Prefix}' are reserved for the journals of transfers over a cluster.";
        }

        try
        {
            KeyRules.CheckNew(PathOf(name), _keyPolicy, capabilities);
            return null;
        }
        catch (CloudException exception)
        {
            return exception.Message;
        }
    }

    public override Task<PutResult> PutAsync(string name, Stream body, long size, PutOptions put, DateTimeOffset? modifiedAt, CancellationToken cancellationToken) =>
        _bucket.PutAsync(PathOf(name), ObjectBody.FromStream(body, size), WithTime(put, modifiedAt) with { PartSizeBytes = options.PartSizeBytes }, cancellationToken);

    public override Task<PartSink> OpenPartsAsync(string name, long size, PutOptions put, DateTimeOffset? modifiedAt, string? state, CancellationToken cancellationToken) =>
        UploadSink.OpenAsync(_bucket, PathOf(name), WithTime(put, modifiedAt), PartBytesOf(size), capabilities, state, cancellationToken);

    public override async IAsyncEnumerable<DeleteResult> DeleteAsync(IAsyncEnumerable<string> names, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in _bucket.DeleteManyAsync(names.Select(PathOf), cancellationToken).ConfigureAwait(false))
        {
            yield return result with { Key = location.IsMany ? result.Key[location.Path.Length..] : result.Key };
        }
    }

    private long PartBytesOf(long size) =>
        new PartPlan(capabilities, new PutOptions { PartSizeBytes = options.PartSizeBytes ?? TransferDefaults.PartBytes }, size, budgetBytes).SizeOf(1);

    private static PutOptions WithTime(PutOptions put, DateTimeOffset? modifiedAt) =>
        modifiedAt is { } time ? put with { Metadata = ModifiedTime.Add(put.Metadata, time) } : put;
}
