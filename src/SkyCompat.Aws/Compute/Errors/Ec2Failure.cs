using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace SkyCompat.Aws;

/// <summary>What EC2, or the way to it, answered instead of success.</summary>
internal readonly record struct Ec2Failure
{
    public int Status { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }

    public Ec2Intent Intent { get; init; }

    public bool IsHomeRegion { get; init; }

    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public Exception? Exception { get; init; }

    public static bool Explains(Exception exception, CancellationToken cancellationToken) =>
        exception is AmazonServiceException or AmazonClientException || TransportErrors.Explains(exception, cancellationToken);

    public static CloudException Translate(Exception exception, Ec2Intent intent, string authority, bool isHomeRegion)
    {
        if (exception is AmazonServiceException { StatusCode: > default(HttpStatusCode) and not HttpStatusCode.OK } refusal)
        {
            return Ec2Errors.Create(new Ec2Failure
            {
                Status = (int)refusal.StatusCode,
                Code = CodeOf(refusal),
                Message = refusal.Message,
                Intent = intent,
                IsHomeRegion = isHomeRegion,
                RequestId = string.IsNullOrEmpty(refusal.RequestId) ? null : refusal.RequestId,
                RetryAfter = RetryAfterOf(refusal),
                Exception = refusal,
            });
        }

        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case CloudException known:
                    return known;
                case HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }:
                    return Foreign(exception, intent, authority);
                case HttpRequestException or IOException or OperationCanceledException:
                    return TransportErrors.Create(cause, authority, nameof(AwsOptions.Endpoint), isWrite: intent != Ec2Intent.Read);
            }
        }

        return exception is AmazonServiceException
            ? Foreign(exception, intent, authority)
            : new CloudException(CloudErrorCode.Unknown, $"The request to {authority} could not be made.", exception);
    }

    private static CloudException Foreign(Exception exception, Ec2Intent intent, string authority) =>
        new(CloudErrorCode.Unavailable, $"The reply of {authority} is not one of EC2's: check {nameof(AwsOptions.Endpoint)}, and what stands between.", exception)
        {
            MayHaveTakenEffect = intent != Ec2Intent.Read,
        };

    /// <summary>Where a reply has no code, the SDK makes one of the status.</summary>
    private static string? CodeOf(AmazonServiceException refusal) =>
        string.IsNullOrEmpty(refusal.ErrorCode) || refusal.ErrorCode == refusal.StatusCode.ToString() || refusal.ErrorCode == ((int)refusal.StatusCode).ToString(CultureInfo.InvariantCulture)
            ? null
            : refusal.ErrorCode;

    private static TimeSpan? RetryAfterOf(AmazonServiceException refusal) =>
        refusal.InnerException is HttpErrorResponseException { Response: { } response } && response.IsHeaderPresent("Retry-After")
        && int.TryParse(response.GetHeaderValue("Retry-After"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
