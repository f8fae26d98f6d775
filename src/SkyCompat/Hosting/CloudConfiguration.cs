using Microsoft.Extensions.Configuration;

namespace SkyCompat.Hosting;

/// <summary>What configuration says of one cloud, as a provider sees it.</summary>
public sealed class CloudConfiguration
{
    /// <summary>Describes a cloud.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="path">Its place in configuration, for messages.</param>
    /// <param name="region">Its region, if configured.</param>
    /// <param name="section">The provider's own section, if the cloud was configured.</param>
    public CloudConfiguration(string name, string path, string? region, IConfigurationSection? section)
    {
        Name = name;
        Path = path;
        Region = region;
        Section = section;
    }

    /// <summary>The cloud's name.</summary>
    public string Name { get; }

    /// <summary>The cloud's place in configuration, such as <c>SkyCompat:Clouds:home</c>, for messages.</summary>
    public string Path { get; }

    /// <summary>The region, such as <c>eu-central-1</c>; null if not configured.</summary>
    public string? Region { get; }

    /// <summary>The provider's own section, such as <c>SkyCompat:Clouds:home:Local</c>; empty if the cloud was added in code.</summary>
    public IConfigurationSection? Section { get; }
}
