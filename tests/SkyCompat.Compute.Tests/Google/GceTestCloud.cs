using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Contracts;
using SkyCompat.Drivers;
using SkyCompat.Emulators.GoogleCompute;
using SkyCompat.Hosting;

namespace SkyCompat.Compute.Tests.Google;

/// <summary>A driver of Compute Engine as an application gets it, before a server of this repository, with every request and reply checked against Google's description.</summary>
internal sealed class GceTestCloud : IAsyncDisposable
{
    public const string Token = "ya29.test";
    public const string Region = "europe-west3";
    public const string Zone = "europe-west3-a";
    public const string Owner = "tests";
    public const string Key = "web";

    private readonly ServiceProvider _services;

    private GceTestCloud(GceEmulator emulator, ServiceProvider services, ContractLog contracts)
    {
        Emulator = emulator;
        _services = services;
        Contracts = contracts;
        var factory = services.GetRequiredService<CloudProviderFactory>();
        var section = services.GetRequiredService<IConfiguration>().GetSection("SkyCompat:Clouds:gce:Google");
        var configuration = new CloudConfiguration("gce", "SkyCompat:Clouds:gce", Region, section);
        factory.Validate(configuration, services).ShouldBeEmpty();
        Driver = factory.Create(configuration, services).Compute.ShouldNotBeNull();
    }

    public GceEmulator Emulator { get; }

    public ComputeDriver Driver { get; }

    public ContractLog Contracts { get; }

    public GceFaults Faults => Emulator.Faults;

    public IComputeService Compute => _services.GetRequiredService<ISky>().GetCloud("gce").Compute;

    public static Dictionary<string, string> Shared { get; } = new(StringComparer.Ordinal) { [ComputeTags.Owner] = Owner };

    /// <summary>Starts one. Where the descriptions are not on this machine, the test is skipped, saying so.</summary>
    public static async Task<GceTestCloud> StartAsync(int steps = 2)
    {
        if (ContractSpecs.UnavailableReason is { } reason)
        {
            Assert.Skip(reason);
        }

        var emulator = await GceEmulator.StartAsync(new GceEmulatorOptions { AccessTokens = [Token], StepsPerOperation = steps });
        var (services, contracts) = Build(emulator, Owner);
        return new GceTestCloud(emulator, services, contracts);
    }

    /// <summary>The services of an application that has this cloud.</summary>
    public static (ServiceProvider Services, ContractLog Contracts) Build(GceEmulator emulator, string owner)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:Compute:Owner"] = owner,
            ["SkyCompat:Clouds:gce:Provider"] = "Google",
            ["SkyCompat:Clouds:gce:Region"] = Region,
            ["SkyCompat:Clouds:gce:Compute:PollInterval"] = "00:00:00.001",
            ["SkyCompat:Clouds:gce:Google:ProjectId"] = "emulator",
            ["SkyCompat:Clouds:gce:Google:AccessToken"] = Token,
            ["SkyCompat:Clouds:gce:Google:ComputeEndpoint"] = emulator.Endpoint.GetLeftPart(UriPartial.Authority),
        }).Build();
        var contracts = new ContractLog { ThrowsAtOnce = Environment.GetEnvironmentVariable("SKYCOMPAT_CONTRACTS") != "collect" };
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddGoogle();
        if (ContractSpecs.Root is not null)
        {
            var described = new ContractService { Description = ContractSpecs.Get(ContractSpecs.GoogleCompute), Endpoint = emulator.Endpoint, Server = "gce-emulator" };
            services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new ContractHandler(contracts, [described])));
        }

        return (services.BuildServiceProvider(), contracts);
    }

    public static Offer Offer(string type = "e2-standard-2", Market market = Market.OnDemand, string zone = Zone, int gpus = 0) => new()
    {
        Location = new CloudLocation(Region, zone),
        InstanceType = type,
        Family = type.Split('-')[0],
        Market = market,
        Shape = new MachineShape(2, 8, Gpus: gpus, GpuModel: gpus > 0 ? "nvidia-l4" : null),
    };

    public async Task<LaunchRequest> RequestAsync(LaunchSpec? spec = null, Offer? offer = null, string name = Key, string? token = null)
    {
        spec ??= new LaunchSpec { IdempotencyKey = Key, Image = ImageReference.OfFamily("ubuntu-24.04") };
        var request = new LaunchRequest
        {
            Spec = spec,
            Offer = offer ?? Offer(),
            Image = (await Driver.TryFindImageAsync(spec.Image, CpuArchitecture.X64, Region, default)).ShouldNotBeNull(),
            Names = [name],
            MinCount = 1,
            ClientToken = token ?? new string('a', 32),
            Tags = new Dictionary<string, string>(spec.Tags, StringComparer.Ordinal) { [ComputeTags.Owner] = Owner, [ComputeTags.Key] = spec.IdempotencyKey, [ComputeTags.Spec] = "0123456789abcdef" },
            SharedTags = Shared,
        };
        return request with { Prepared = await Driver.PrepareAsync(request, default) };
    }

    public async Task<LaunchReceipt> LaunchAsync(LaunchSpec? spec = null, Offer? offer = null, string name = Key) => await Driver.LaunchAsync(await RequestAsync(spec, offer, name), default);

    /// <summary>Launches one and carries it to its end.</summary>
    public async Task<Instance> RunningAsync(LaunchSpec? spec = null, Offer? offer = null, string name = Key)
    {
        var receipt = await LaunchAsync(spec, offer, name);
        await EndAsync(receipt.Handle);
        var instance = (await Driver.TryGetAsync(receipt.Ids.Single(), default)).ShouldNotBeNull();
        instance.Phase.ShouldBe(InstancePhase.Running);
        return instance;
    }

    public async Task ActAsync(string id, InstanceAction action) => await EndAsync(await Driver.ActAsync(id, action, default));

    /// <summary>Looks at an operation until it is done.</summary>
    public async Task<CloudException?> EndAsync(string? handle)
    {
        for (var looks = 0; handle is not null && looks < 20; looks++)
        {
            if (await Driver.CheckAsync(handle, default) is { IsDone: true } check)
            {
                return check.Error;
            }
        }

        handle.ShouldBeNull("the operation should have ended");
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        await _services.DisposeAsync();
        await Emulator.DisposeAsync();
        Contracts.AssertClean();
    }
}
