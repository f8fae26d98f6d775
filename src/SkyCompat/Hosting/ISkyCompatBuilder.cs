using Microsoft.Extensions.DependencyInjection;

namespace SkyCompat;

/// <summary>Adds providers, clouds and buckets to SkyCompat. Made by <see cref="SkyCompatServiceCollectionExtensions.AddSkyCompat(IServiceCollection)"/>; adapters extend it (<c>AddLocal()</c>, <c>AddS3()</c>…).</summary>
public interface ISkyCompatBuilder
{
    /// <summary>The application's services.</summary>
    IServiceCollection Services { get; }
}
