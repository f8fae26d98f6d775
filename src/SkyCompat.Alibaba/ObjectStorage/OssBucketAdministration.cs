using System.Xml;
using SkyCompat.ObjectStorage;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>Creates, deletes, finds and lists buckets.</summary>
internal sealed class OssBucketAdministration(S3Context context)
{
    private const string TokenPrefix = "oss:";
    private readonly S3BucketClient _service = new(context, "");

    public async Task CreateAsync(string name, CreateBucketOptions options, CancellationToken cancellationToken)
    {
        if (options.Region is { Length: > 0 } region && region != context.Endpoint.Region)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, $"OSS makes a bucket in the region of its endpoint, '{context.Endpoint.Region}', not in '{region}': configure a cloud for that region.");
        }

        var request = new S3Request(HttpMethod.Put) { Subject = S3Subject.Bucket, IsWrite = true };
        try
        {
            await new S3BucketClient(context, name).SendForStatusAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Reason == ObjectStorageErrorReasons.BucketExists)
        {
            // OSS says the same whosever bucket it is; only the owner's list has it.
            if (!await IsOwnAsync(name, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
        }
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        new S3BucketClient(context, name).SendForStatusAsync(new S3Request(HttpMethod.Delete) { Subject = S3Subject.Bucket, IsWrite = true }, cancellationToken);

    public async Task<BucketInfo?> TryGetInfoAsync(string name, CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Get) { Subject = S3Subject.Bucket };
        request.AddQuery("bucketInfo");
        try
        {
            using var document = await new S3BucketClient(context, name).SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
            return document.Read(xml => xml.ReadToFollowing("Bucket") ? ReadBucket(xml) : null) ?? new BucketInfo { Name = name };
        }
        catch (CloudException exception) when (exception.Reason == ObjectStorageErrorReasons.BucketNotFound)
        {
            return null;
        }
    }

    public async Task<BucketPage> ListAsync(ListBucketsOptions options, CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Get) { Subject = S3Subject.Bucket };
        if (!string.IsNullOrEmpty(options.Prefix))
        {
            request.AddQuery("prefix", options.Prefix);
        }

        if (options.ContinuationToken is { } token)
        {
            request.AddQuery("marker", token.StartsWith(TokenPrefix, StringComparison.Ordinal) ? token[TokenPrefix.Length..] : throw MarkerToken.Unknown());
        }

        using var document = await _service.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
        var page = document.Read(ReadPage);
        ListKeys.Advance(page.ContinuationToken, options.ContinuationToken);
        return page;
    }

    private async Task<bool> IsOwnAsync(string name, CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            var page = await ListAsync(new ListBucketsOptions { Prefix = name, ContinuationToken = token }, cancellationToken).ConfigureAwait(false);
            if (page.Buckets.Any(bucket => bucket.Name == name))
            {
                return true;
            }

            token = page.ContinuationToken;
        }
        while (token is not null);

        return false;
    }

    private static BucketPage ReadPage(XmlReader xml)
    {
        var buckets = new List<BucketInfo>();
        var truncated = false;
        string? next = null;
        while (xml.ReadToElement())
        {
            switch (xml.LocalName)
            {
                case "Bucket":
                    buckets.Add(ReadBucket(xml));
                    break;
                case "IsTruncated":
                    truncated = xml.ReadBoolean();
                    break;
                case "NextMarker":
                    next = xml.ReadString();
                    break;
            }
        }

        return new BucketPage(buckets, truncated && !string.IsNullOrEmpty(next) ? TokenPrefix + next : null);
    }

    private static BucketInfo ReadBucket(XmlReader xml)
    {
        var name = "";
        string? location = null;
        DateTimeOffset? created = null;
        using var bucket = xml.ReadSubtree();
        bucket.Read();
        while (bucket.ReadToElement())
        {
            switch (bucket.LocalName)
            {
                case "Name":
                    name = bucket.ReadString();
                    break;
                case "CreationDate":
                    created = bucket.ReadInstant();
                    break;
                case "Location":
                    location = bucket.ReadString();
                    break;
            }
        }

        // A location is the region behind the service's name: oss-cn-hangzhou.
        return new BucketInfo { Name = name, CreatedAt = created, Region = location?.StartsWith("oss-", StringComparison.Ordinal) == true ? location[4..] : location };
    }
}
