using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>What the account can do: asked once, by Get Account Information, where the settings do not say it.</summary>
internal sealed class AccountFacts(AzureContext context)
{
    private const long MiB = 1L << 20;
    private BucketCapabilities? _capabilities;

    /// <summary>The capabilities of every container of the account.</summary>
    /// <param name="client">A container of it, for credentials that are limited to one.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The capabilities.</returns>
    public ValueTask<BucketCapabilities> GetAsync(AzureClient client, CancellationToken cancellationToken) =>
        Volatile.Read(ref _capabilities) is { } known ? ValueTask.FromResult(known) : new ValueTask<BucketCapabilities>(AskAsync(client, cancellationToken));

    private async Task<BucketCapabilities> AskAsync(AzureClient client, CancellationToken cancellationToken)
    {
        var request = new AzureRequest(HttpMethod.Get) { Subject = AzureSubject.Container };
        request.AddQuery("restype", "account");
        request.AddQuery("comp", "properties");
        var hierarchical = context.Options.HierarchicalNamespace;
        string? sku = null, kind = null;
        try
        {
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            hierarchical ??= bool.TryParse(AzureHeaders.Get(response.Headers, "x-ms-is-hns-enabled"), out var told) ? told : null;
            sku = AzureHeaders.Get(response.Headers, "x-ms-sku-name");
            kind = AzureHeaders.Get(response.Headers, "x-ms-account-kind");
        }
        catch (CloudException exception) when (!exception.IsTransient && exception.Code is not CloudErrorCode.Unauthenticated)
        {
            // A service SAS may not ask, and a container that is missing has no answer: the account then passes for an ordinary one.
            if (exception.Code == CloudErrorCode.NotFound)
            {
                return Create(hierarchical == true, sku, kind);
            }
        }

        var capabilities = Create(hierarchical == true, sku, kind);
        Volatile.Write(ref _capabilities, capabilities);
        return capabilities;
    }

    /// <summary>Limits: Microsoft, "Scalability and performance targets for Blob storage" and the pages of the operations.</summary>
    private BucketCapabilities Create(bool hierarchical, string? sku, string? kind)
    {
        var features = BucketFeatures.ConditionalPut | BucketFeatures.DeleteIfMatch | BucketFeatures.ConditionalCopy | BucketFeatures.CopySourceIfMatch | BucketFeatures.ServerSideCopy
            | BucketFeatures.PartCopy | BucketFeatures.PullParts | BucketFeatures.Multipart | BucketFeatures.BatchDelete | BucketFeatures.UploadChecksum | BucketFeatures.StoredChecksum | BucketFeatures.BucketAdministration;
        if (context.Access.Sas is null)
        {
            // Only a key, the account's or a user's, signs for others.
            features |= BucketFeatures.SignGet | BucketFeatures.SignPut | BucketFeatures.SignDelete | BucketFeatures.SignedResponseHeaders;
        }

        if (!hierarchical)
        {
            features |= BucketFeatures.Tags;
            if (context.Options.VersioningEnabled)
            {
                features |= BucketFeatures.Versions;
            }
        }

        if (sku?.StartsWith("Premium", StringComparison.OrdinalIgnoreCase) != true && kind is not "Storage")
        {
            features |= BucketFeatures.Tiers;
        }

        return new BucketCapabilities
        {
            Features = features,
            MaxKeyBytes = 1024,
            MaxMetadataBytes = 8192 - BlobChecksums.MetadataBytes,
            MaxTags = 10,
            MaxObjectBytes = 50_000L * 4000 * MiB,
            MaxPutBytes = 5000 * MiB,
            // The service takes a byte; with 50,000 parts there is no use for parts that are not worth their request.
            MinPartBytes = 64 * 1024,
            MaxPartBytes = 4000 * MiB,
            MaxParts = 50_000,
            MaxCopyBytes = 256 * MiB,
            MaxBatchDelete = BlobBatch.MaxKeys,
            MaxPageSize = 5000,
            MaxSignedLifetime = TimeSpan.FromDays(7),
            UploadChecksumAlgorithm = ChecksumAlgorithm.Crc64Nvme,
        };
    }
}
