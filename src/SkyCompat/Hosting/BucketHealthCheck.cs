using Microsoft.Extensions.Diagnostics.HealthChecks;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Hosting;

/// <summary>Healthy if a bucket can be listed.</summary>
internal sealed class BucketHealthCheck(ISky sky, string bucket) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await sky.GetBucket(bucket).ListPageAsync(new ListOptions { PageSize = 1 }, cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (CloudException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
