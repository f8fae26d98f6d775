using Microsoft.Extensions.DependencyInjection;

namespace SkyCompat;

/// <summary>Adds SkyCompat to an application.</summary>
public static class SkyCompatServiceCollectionExtensions
{
    /// <summary>Adds SkyCompat without configuration; add clouds and buckets in code.</summary>
    /// <param name="services">The application's services.</param>
    /// <returns>A builder to add providers, clouds and buckets.</returns>
    public static ISkyCompatBuilder AddSkyCompat(this IServiceCollection services) => throw new NotSupportedException(services.ToString());
}
