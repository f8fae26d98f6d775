using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Versions. Whether they are kept is a setting of the account's management, which the data plane cannot change.</summary>
internal sealed class BlobVersions(AzureClient client)
{
    public async Task<VersioningState> GetStateAsync(CancellationToken cancellationToken)
    {
        // The setting is the account's, but a container that is missing has no state.
        var request = new AzureRequest(HttpMethod.Get) { Subject = AzureSubject.Container };
        request.AddQuery("restype", "container");
        await client.SendForStatusAsync(request, cancellationToken).ConfigureAwait(false);
        return VersioningState.Enabled;
    }

    public static Task SetStateAsync(VersioningState state) => state == VersioningState.Enabled
        ? Task.CompletedTask
        : throw new CloudException(CloudErrorCode.Unsupported, "Blob versioning is switched off for the whole account, by its management; requests about blobs cannot.");

    public async Task<VersionPage> ListAsync(ListVersionsOptions options, CancellationToken cancellationToken)
    {
        var request = BlobLister.CreateRequest(client, options.Prefix, ListToken.Read(options.ContinuationToken), options.PageSize, include: "versions");
        var (blobs, next) = await BlobLister.SendAsync(client, request, cancellationToken).ConfigureAwait(false);
        var entries = new List<VersionEntry>(blobs.Count);
        foreach (var blob in blobs)
        {
            // Blobs from before versioning have no version of their own until they are overwritten.
            if (blob.VersionId is { Length: > 0 } id)
            {
                entries.Add(new VersionEntry { Key = blob.Name, VersionId = id, IsLatest = blob.IsCurrent, Size = blob.Size, Tag = blob.Tag, LastModified = blob.LastModified });
            }
        }

        // The service lists the oldest first. A version id is an instant, so its text orders versions.
        entries.Sort(static (left, right) => KeyOrder.Compare(left.Key, right.Key) is var order and not 0 ? order : string.CompareOrdinal(right.VersionId, left.VersionId));
        return new VersionPage(entries, ListToken.Create(next, options.ContinuationToken));
    }
}
