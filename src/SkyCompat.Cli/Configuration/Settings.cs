using Microsoft.Extensions.Configuration;

namespace SkyCompat.Cli.Configuration;

/// <summary>The configuration, and where it was found.</summary>
/// <param name="Configuration">All of it; SkyCompat's part is the section <c>SkyCompat</c>.</param>
/// <param name="Sources">The files that were read, and <c>environment</c> if it said something; nearest last.</param>
internal sealed record Settings(IConfiguration Configuration, IReadOnlyList<string> Sources)
{
    public const string SectionName = "SkyCompat";

    public IConfigurationSection Section => Configuration.GetSection(SectionName);

    /// <summary>Whether any cloud is configured at all.</summary>
    public bool HasClouds => Section.GetSection("Clouds").GetChildren().Any();
}
