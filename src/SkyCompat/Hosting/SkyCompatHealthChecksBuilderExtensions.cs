using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using SkyCompat.Hosting;

namespace SkyCompat;

/// <summary>Adds health checks of logical buckets.</summary>
public static class SkyCompatHealthChecksBuilderExtensions
{
    /// <summary>The tag of all checks that are added here.</summary>
    public const string Tag = "skycompat";

    /// <summary>Adds a health check for each logical bucket, named <c>skycompat:&lt;bucket&gt;</c> and tagged <see cref="Tag"/>. A check lists one key: one request, reading rights suffice.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="failureStatus">The status of a bucket that cannot be listed; null for unhealthy.</param>
    /// <param name="timeout">How long a check may take; null for no limit but the retries'.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddSkyCompat(this IHealthChecksBuilder builder, HealthStatus? failureStatus = null, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IConfigureOptions<HealthCheckServiceOptions>>(provider => new ConfigureOptions<HealthCheckServiceOptions>(options =>
        {
            foreach (var name in provider.GetRequiredService<ISky>().BucketNames)
            {
                options.Registrations.Add(new HealthCheckRegistration(
                    $"{Tag}:{name}", services => new BucketHealthCheck(services.GetRequiredService<ISky>(), name), failureStatus, [Tag], timeout));
            }
        }));
        return builder;
    }
}
