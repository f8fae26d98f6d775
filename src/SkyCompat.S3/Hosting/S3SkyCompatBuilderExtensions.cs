using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SkyCompat.Hosting;
using SkyCompat.S3;

namespace SkyCompat;

/// <summary>Adds S3-compatible stores to SkyCompat.</summary>
public static class S3SkyCompatBuilderExtensions
{
    /// <summary>Adds the provider <c>S3</c>: any S3-compatible endpoint, with settings as in <see cref="S3Options"/>.</summary>
    /// <remarks>Requests go through the HTTP client named <c>SkyCompat.S3/&lt;cloud&gt;</c>, which has all that is configured for the name <c>SkyCompat.S3</c>.</remarks>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static ISkyCompatBuilder AddS3(this ISkyCompatBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<CloudProviderFactory, S3ProviderFactory>());
        S3HttpClients.AddTo(services);
        return builder;
    }

    /// <summary>Adds a profile, to be chosen by its name in configuration.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="profile">The profile; one with the name of a preset replaces it.</param>
    /// <returns>The same builder.</returns>
    public static ISkyCompatBuilder AddS3Profile(this ISkyCompatBuilder builder, S3Profile profile)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(profile);
        builder.Services.AddSingleton(profile);
        return builder;
    }
}
