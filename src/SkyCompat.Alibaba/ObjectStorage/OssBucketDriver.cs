using SkyCompat.ObjectStorage;
using SkyCompat.Drivers;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>One bucket of OSS: S3's data path in OSS's dialect, and what OSS does otherwise.</summary>
internal sealed class OssBucketDriver(StorageDriver storage, S3BucketClient client) : S3BucketDriver(storage, client, OssProfile.Capabilities)
{
    /// <summary>Copies an object. One onto itself always replaces the metadata, whatever the directive says, so what is to be kept is read first and sent along, pinned to what was read.</summary>
    public override async Task<PutResult> CopyAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken)
    {
        if (options.Attributes is null && source.VersionId is null && source.Key == key && source.Bucket.Name == Name)
        {
            var info = await TryGetInfoAsync(key, new GetInfoOptions(), cancellationToken).ConfigureAwait(false) ?? throw new CloudException(CloudErrorCode.NotFound, "The object does not exist.")
            {
                Reason = ObjectStorageErrorReasons.ObjectNotFound,
            };
            source = source.IfMatch.IsEmpty ? source with { IfMatch = info.Tag } : source;
            options = options with { Attributes = new ObjectAttributes { Headers = info.Headers, Metadata = info.Metadata } };
        }

        return await base.CopyAsync(source, key, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves an object to another tier, which OSS does by a copy onto itself.</summary>
    public override Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken) =>
        CopyAsync(new CopySource(this, key, VersionId: null, IfMatch: default), key, new CopyOptions { Tier = tier }, cancellationToken);
}
