using Microsoft.Extensions.Configuration;

namespace SkyCompat.Hosting;

/// <summary>The section that SkyCompat was configured from; each provider finds its own part of it.</summary>
internal sealed record SkyCompatSection(IConfiguration Configuration, string Path)
{
    public IConfigurationSection GetCloud(string name) => Configuration.GetSection("Clouds").GetSection(name);
}
