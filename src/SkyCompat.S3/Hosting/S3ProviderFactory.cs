using Microsoft.Extensions.Configuration;
using SkyCompat.Hosting;

namespace SkyCompat.S3;

/// <summary>Makes clouds of provider <c>S3</c>.</summary>
/// <param name="custom">Profiles added in code; they win over presets of the same name.</param>
internal sealed class S3ProviderFactory(IEnumerable<S3Profile> custom) : CloudProviderFactory<S3Options>
{
    private readonly List<S3Profile> _profiles = [.. custom, .. S3Profiles.All];

    public override CloudProvider Provider => CloudProvider.S3;

    protected override void Bind(IConfigurationSection section, S3Options options) => section.Bind(options);

    protected override void Validate(S3Options options, CloudConfiguration cloud, ICollection<string> errors)
    {
        if (cloud.Section?.GetSection(nameof(S3Options.Overrides)) is { } overrides)
        {
            RefuseUnknownKeys<S3ProfileOverrides>(overrides, errors);
        }

        new S3OptionsValidator(options, cloud, errors).Validate(_profiles);
    }

    protected override CloudDrivers Create(S3Options options, CloudConfiguration cloud, IServiceProvider services)
    {
        var profile = _profiles.First(p => p.Name.Equals(options.Profile, StringComparison.OrdinalIgnoreCase));
        return new CloudDrivers { Storage = S3StorageFactory.Create(Provider, cloud.Name, profile, options, cloud.Region, services) };
    }
}
