using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using SkyCompat.Aws;
using SkyCompat.Hosting;
using SkyCompat.S3;

namespace SkyCompat;

/// <summary>Adds Amazon Web Services to SkyCompat.</summary>
public static class AwsSkyCompatBuilderExtensions
{
    /// <summary>Adds the provider <c>Aws</c>: object storage on S3, compute on EC2 and clusters on EKS, with settings as in <see cref="AwsOptions"/>.</summary>
    /// <remarks>Requests to EC2 and EKS go through the HTTP client named <c>SkyCompat.Aws/&lt;cloud&gt;</c>, which has all that is configured for the name <c>SkyCompat.Aws</c>; those to S3 through
    /// <c>SkyCompat.S3/&lt;cloud&gt;</c>, as with <c>AddS3()</c>.</remarks>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static ISkyCompatBuilder AddAws(this ISkyCompatBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<CloudProviderFactory, AwsProviderFactory>());
        S3HttpClients.AddTo(services);
        if (services.Any(service => service.ServiceType == typeof(Ec2HttpClients)))
        {
            return builder;
        }

        // The default loggers of HTTP clients print what is sent with each request.
        services.AddHttpClient(Ec2HttpClients.AllClouds).RemoveAllLoggers().AddHttpMessageHandler(static () => new Ec2ReplyGuard());
        services.AddSingleton<Ec2HttpClients>();
        services.AddSingleton<IConfigureOptions<HttpClientFactoryOptions>>(provider => provider.GetRequiredService<Ec2HttpClients>());
        return builder;
    }
}
