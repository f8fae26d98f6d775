using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using SkyCompat.ObjectStorage;
using BucketInfo = SkyCompat.ObjectStorage.BucketInfo;

namespace SkyCompat.S3;

/// <summary>Creates, deletes, finds and lists buckets through the AWS SDK, its retries off: rare requests, where its knowledge of regions is worth more than its cost.</summary>
internal sealed class S3BucketAdministration(S3Context context, Lazy<IAmazonS3> native)
{
    private const string UsEast1 = "us-east-1";

    public async Task CreateAsync(string name, CreateBucketOptions options, CancellationToken cancellationToken)
    {
        var request = new PutBucketRequest { BucketName = name, UseClientRegion = false };
        var region = options.Region ?? context.Endpoint.Region;
        if (context.Profile.LocationConstraint == S3LocationConstraint.Always || (context.Profile.LocationConstraint == S3LocationConstraint.ExceptUsEast1 && region != UsEast1))
        {
            request.BucketRegionName = region;
        }

        try
        {
            await native.Value.PutBucketAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException exception) when (exception.ErrorCode == "BucketAlreadyOwnedByYou")
        {
            // That is what was asked for.
        }
        catch (Exception exception) when (Explains(exception, cancellationToken))
        {
            throw Translate(exception, isWrite: true);
        }
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await native.Value.DeleteBucketAsync(new DeleteBucketRequest { BucketName = name }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Explains(exception, cancellationToken))
        {
            throw Translate(exception, isWrite: true);
        }
    }

    public async Task<BucketInfo?> TryGetInfoAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var response = await native.Value.HeadBucketAsync(new HeadBucketRequest { BucketName = name }, cancellationToken).ConfigureAwait(false);
            return new BucketInfo { Name = name, Region = string.IsNullOrEmpty(response.BucketRegion) ? null : response.BucketRegion };
        }
        catch (AmazonServiceException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (Exception exception) when (Explains(exception, cancellationToken))
        {
            throw Translate(exception, isWrite: false);
        }
    }

    public async Task<BucketPage> ListAsync(ListBucketsOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var response = await native.Value.ListBucketsAsync(new ListBucketsRequest { ContinuationToken = options.ContinuationToken, Prefix = options.Prefix }, cancellationToken).ConfigureAwait(false);
            var buckets = new List<BucketInfo>();
            foreach (var bucket in response.Buckets ?? [])
            {
                // Most stores do not know the parameter, and list all.
                if (options.Prefix is not { Length: > 0 } prefix || bucket.BucketName.StartsWith(prefix, StringComparison.Ordinal))
                {
                    buckets.Add(new BucketInfo
                    {
                        Name = bucket.BucketName,
                        CreatedAt = bucket.CreationDate is { } created ? new DateTimeOffset(created.ToUniversalTime()) : null,
                        Region = bucket.BucketRegion,
                    });
                }
            }

            buckets.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
            return new BucketPage(buckets, string.IsNullOrEmpty(response.ContinuationToken) ? null : response.ContinuationToken);
        }
        catch (Exception exception) when (Explains(exception, cancellationToken))
        {
            throw Translate(exception, isWrite: false);
        }
    }

    private static bool Explains(Exception exception, CancellationToken cancellationToken) =>
        exception is AmazonServiceException or AmazonClientException || TransportErrors.Explains(exception, cancellationToken);

    private CloudException Translate(Exception exception, bool isWrite)
    {
        if (exception is AmazonServiceException { StatusCode: > default(HttpStatusCode) } refusal)
        {
            return S3Errors.Create(
                new S3Failure
                {
                    Status = (int)refusal.StatusCode,
                    Code = refusal.ErrorCode,
                    Message = refusal.Message,
                    RequestId = refusal.RequestId,
                    Exception = refusal,
                },
                S3Subject.Bucket,
                S3Condition.None,
                isWrite);
        }

        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException or IOException)
            {
                return TransportErrors.Create(cause, context.Endpoint.Authority, "Endpoint", isWrite);
            }
        }

        return exception is OperationCanceledException
            ? TransportErrors.Create(exception, context.Endpoint.Authority, "Endpoint", isWrite)
            : new CloudException(CloudErrorCode.Unauthenticated, "The request could not be signed: no credentials are configured, and the AWS default chain found none.", exception) { Scope = ErrorScope.Cloud };
    }
}
