using System.Runtime.CompilerServices;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>Objects of a bucket: those under a prefix, or one.</summary>
internal sealed class BucketSource(TransferLocation location, TransferRange? range, bool isOrdered, bool includesTags) : TransferSource
{
    private readonly IBucket _bucket = location.Bucket!;

    public override IBucket Bucket => _bucket;

    public override string PathOf(string name) => location.IsMany ? location.Path + name : location.Path;

    public override bool IsOrdered => isOrdered || !location.IsMany;

    public override async IAsyncEnumerable<SideEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!location.IsMany)
        {
            var name = location.Path[(location.Path.LastIndexOf('/') + 1)..];
            Requests.Looked();
            yield return await TryFindAsync(name, cancellationToken).ConfigureAwait(false) ?? throw Gone(name);
            yield break;
        }

        await foreach (var entry in BucketListing.ListAsync(_bucket, location.Path, range, isOrdered, Requests, cancellationToken).ConfigureAwait(false))
        {
            yield return entry;
        }
    }

    public override async Task<SideEntry?> TryFindAsync(string name, CancellationToken cancellationToken) =>
        await _bucket.TryGetInfoAsync(PathOf(name), cancellationToken: cancellationToken).ConfigureAwait(false) is { } info
            ? new SideEntry(name, info.Size, info.LastModified, info.Tag, info.Tier)
            : null;

    public override async Task<SourceAttributes> GetAttributesAsync(SideEntry entry, CancellationToken cancellationToken)
    {
        var info = await _bucket.TryGetInfoAsync(PathOf(entry.Name), cancellationToken: cancellationToken).ConfigureAwait(false) ?? throw Gone(entry.Name);
        return info.Tag == entry.Tag ? ToAttributes(info) : throw Changed(entry.Name);
    }

    public override async Task<SourceContent> OpenAsync(SideEntry entry, CancellationToken cancellationToken)
    {
        var content = await OpenAsync(entry, null, cancellationToken).ConfigureAwait(false);
        return new SourceContent(ToAttributes(content.Info), content.AsStream(), isVerified: content.Info.Checksum is not null);
    }

    public override async Task<Stream> OpenRangeAsync(SideEntry entry, long offset, long length, CancellationToken cancellationToken) =>
        (await OpenAsync(entry, ByteRange.Slice(offset, length), cancellationToken).ConfigureAwait(false)).AsStream();

    public override async Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string name, CancellationToken cancellationToken) =>
        includesTags && _bucket.GetService<IObjectTags>() is { } tags
            ? await tags.GetTagsAsync(PathOf(name), cancellationToken).ConfigureAwait(false)
            : WriteRequests.DefaultOptions.Tags;

    private static SourceAttributes ToAttributes(ObjectInfo info) => new()
    {
        Size = info.Size,
        Headers = info.Headers,
        Metadata = info.Metadata,
        ModifiedAt = ModifiedTime.Read(info.Metadata) ?? info.LastModified,
        Checksum = info.Checksum,
        Tier = info.Tier,
    };

    private async Task<ObjectContent> OpenAsync(SideEntry entry, ByteRange? range, CancellationToken cancellationToken)
    {
        try
        {
            return await _bucket.GetAsync(PathOf(entry.Name), new GetOptions { Range = range, Condition = new ReadCondition { IfMatch = entry.Tag } }, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.PreconditionFailed)
        {
            throw Changed(entry.Name);
        }
    }
}
