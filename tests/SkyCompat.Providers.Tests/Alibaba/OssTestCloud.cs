using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Emulators.AlibabaOss;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>A cloud on an emulator of its own, as an application configures it.</summary>
internal sealed class OssTestCloud : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private int _buckets;

    private OssTestCloud(OssEmulator emulator, ServiceProvider services)
    {
        Emulator = emulator;
        _services = services;
    }

    public OssEmulator Emulator { get; }

    public OssFaults Faults => Emulator.Faults;

    public IObjectStorage Storage => _services.GetRequiredService<ISky>().GetCloud("ali").Storage;

    /// <summary>Starts one.</summary>
    /// <param name="settings">What differs in the section <c>Alibaba</c>; null removes a key.</param>
    /// <param name="configure">Adds services.</param>
    /// <param name="options">How the emulator runs.</param>
    public static async Task<OssTestCloud> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null, OssEmulatorOptions? options = null)
    {
        var emulator = await OssEmulator.StartAsync(options ?? new OssEmulatorOptions());
        var section = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Endpoint"] = emulator.Endpoint.GetLeftPart(UriPartial.Authority),
            ["AccessKeyId"] = OssAccount.Main.AccessKeyId,
            ["AccessKeySecret"] = OssAccount.Main.AccessKeySecret,
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            section[key] = value;
        }

        var values = section.Where(pair => pair.Value is not null).ToDictionary(pair => $"SkyCompat:Clouds:ali:Alibaba:{pair.Key}", pair => pair.Value, StringComparer.Ordinal);
        values["SkyCompat:DefaultCloud"] = "ali";
        values["SkyCompat:Clouds:ali:Provider"] = "Alibaba";
        values["SkyCompat:Clouds:ali:Region"] = "cn-hangzhou";
        values["SkyCompat:Clouds:ali:Resilience:BaseDelay"] = "00:00:00.001";
        values["SkyCompat:Clouds:ali:Resilience:MaxDelay"] = "00:00:00.002";
        var services = new ServiceCollection().AddLogging();
        configure?.Invoke(services);
        services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("SkyCompat")).AddAlibaba();
        return new OssTestCloud(emulator, services.BuildServiceProvider());
    }

    public async Task<IBucket> CreateBucketAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"bucket-{++_buckets}");
        await Storage.CreateBucketAsync(name);
        return Storage.GetBucket(name);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
