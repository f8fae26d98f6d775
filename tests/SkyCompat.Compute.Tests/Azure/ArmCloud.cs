using Azure.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Azure;
using SkyCompat.Contracts;
using SkyCompat.Drivers;
using SkyCompat.Emulators.AzureResourceManager;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>A cloud on the emulator of Azure Resource Manager, with the contract checks between.</summary>
internal sealed class ArmCloud : IAsyncDisposable
{
    public const string Region = "westeurope";
    public const string Subscription = "11111111-2222-3333-4444-555555555555";

    private readonly ServiceProvider _services;

    private ArmCloud(ArmEmulator emulator, ServiceProvider services, ContractLog contracts, ComputeDriver driver)
    {
        Emulator = emulator;
        _services = services;
        Contracts = contracts;
        Driver = driver;
    }

    public ArmEmulator Emulator { get; }

    public ContractLog Contracts { get; }

    /// <summary>The driver alone, without the engine.</summary>
    public ComputeDriver Driver { get; }

    public ICloud Cloud => _services.GetRequiredService<ISky>().GetCloud("azure");

    /// <summary>Starts a cloud.</summary>
    public static async Task<ArmCloud> StartAsync(ArmEmulatorOptions? options = null, TokenCredential? credential = null, TimeProvider? time = null, bool isChecked = true)
    {
        Assert.SkipWhen(isChecked && ContractSpecs.Root is null, ContractSpecs.UnavailableReason ?? "");
        var emulator = await ArmEmulator.StartAsync((options ?? new ArmEmulatorOptions()) with { Token = options?.Token ?? StaticToken.Text });
        var log = new ContractLog();
        var services = new ServiceCollection().AddLogging().AddSingleton(time ?? TimeProvider.System);
        services.AddKeyedSingleton(typeof(TokenCredential), "azure", credential ?? new StaticToken());
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings(emulator.Endpoint)).Build();
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddAzure();
        if (isChecked)
        {
            services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new ContractHandler(log, ServicesAt(emulator.Endpoint))));
        }

        var provider = services.BuildServiceProvider();
        var driver = AzureComputeFactory.Create("azure", Options(emulator.Endpoint), Region, provider).Compute;
        return new ArmCloud(emulator, provider, log, driver);
    }

    /// <summary>What describes each place of the emulator.</summary>
    public static IReadOnlyList<ContractService> ServicesAt(Uri endpoint, string subscription = Subscription, string group = "skycompat", string server = "")
    {
        var all = $"/subscriptions/{subscription}";
        var own = $"{all}/resourceGroups/{group}/providers";
        return
        [
            Service(ArmDescriptions.Operations, $"{all}/providers/Microsoft.Compute/locations/{Region}/operations"),
            Service(ContractSpecs.Get(ContractSpecs.AzureSkus), $"{all}/providers/Microsoft.Compute/skus"),
            Service(ContractSpecs.Get(ContractSpecs.AzureDisks), $"{own}/Microsoft.Compute/disks", $"{own}/Microsoft.Compute/snapshots"),
            Service(ContractSpecs.Get(ContractSpecs.AzureCompute), $"{all}/providers/Microsoft.Compute", $"{own}/Microsoft.Compute", $"{all}/resourceGroups/other-group/providers/Microsoft.Compute"),
            Service(ContractSpecs.Get(ContractSpecs.AzureNetwork), $"{own}/Microsoft.Network"),
            Service(ContractSpecs.Get(ContractSpecs.AzureResources), $"{all}/resourceGroups"),
            new ContractService { Description = ArmDescriptions.Prices, Endpoint = endpoint, Paths = ["/api/retail/prices"] },
            new ContractService { Description = null, Endpoint = endpoint, Paths = ["/bootdiagnostics/"] },
        ];

        ContractService Service(ApiDescription description, params string[] paths) =>
            new() { Description = description, Endpoint = endpoint, Paths = paths, Server = server, Signatures = new BearerVerifier(), RequiresSignature = true };
    }

    /// <summary>A request for one instance, prepared as the engine does.</summary>
    public async Task<LaunchRequest> RequestAsync(string name = "web", Func<LaunchSpec, LaunchSpec>? change = null, string size = "Standard_D2s_v5", Market market = Market.OnDemand, string? zone = null)
    {
        var spec = new LaunchSpec { IdempotencyKey = name, Image = ImageReference.OfFamily("ubuntu-24.04") };
        spec = change?.Invoke(spec) ?? spec;
        var token = TestContext.Current.CancellationToken;
        var request = new LaunchRequest
        {
            Spec = spec,
            Offer = new Offer { Location = new CloudLocation(Region, zone), InstanceType = size, Market = market, Shape = new MachineShape(2, 8) },
            Image = (await Driver.TryFindImageAsync(spec.Image, CpuArchitecture.X64, Region, token))!,
            Names = [name],
            MinCount = 1,
            ClientToken = "0123456789abcdef0123456789abcdef",
            Tags = new Dictionary<string, string>(spec.Tags, StringComparer.Ordinal) { [ComputeTags.Owner] = "tests", [ComputeTags.Key] = name, [ComputeTags.Spec] = "0123456789abcdef" },
            SharedTags = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Owner] = "tests" },
        };
        return request with { Prepared = await Driver.PrepareAsync(request, token) };
    }

    /// <summary>Launches an instance and looks until it runs.</summary>
    public async Task<Instance> LaunchAsync(string name = "web", Func<LaunchSpec, LaunchSpec>? change = null, Market market = Market.OnDemand, string? zone = null, string size = "Standard_D2s_v5")
    {
        var receipt = await Driver.LaunchAsync(await RequestAsync(name, change, market: market, zone: zone, size: size), TestContext.Current.CancellationToken);
        await SettleAsync(receipt.Handle);
        return (await Driver.TryGetAsync(receipt.Ids[0], TestContext.Current.CancellationToken))!;
    }

    /// <summary>Looks at an operation until it is done.</summary>
    public async Task<int> SettleAsync(string? handle)
    {
        for (var looks = 1; handle is not null; looks++)
        {
            var check = await Driver.CheckAsync(handle, TestContext.Current.CancellationToken);
            if (check.IsDone)
            {
                return check.Error is null ? looks : throw check.Error;
            }

            looks.ShouldBeLessThan(100);
        }

        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        await _services.DisposeAsync();
        await Emulator.DisposeAsync();

        // What was found where nothing could be thrown.
        Contracts.AssertClean();
    }

    public static AzureOptions Options(Uri endpoint) => new()
    {
        SubscriptionId = Subscription,
        ResourceManagerEndpoint = endpoint.ToString(),
        RetailPricesEndpoint = new Uri(endpoint, "api/retail/prices").ToString(),
    };

    private static Dictionary<string, string?> Settings(Uri endpoint) => new(StringComparer.Ordinal)
    {
        ["SkyCompat:DefaultCloud"] = "azure",
        ["SkyCompat:Clouds:azure:Provider"] = "Azure",
        ["SkyCompat:Clouds:azure:Region"] = Region,
        ["SkyCompat:Clouds:azure:Compute:PollInterval"] = "00:00:00.001",
        ["SkyCompat:Clouds:azure:Azure:SubscriptionId"] = Subscription,
        ["SkyCompat:Clouds:azure:Azure:ResourceManagerEndpoint"] = endpoint.ToString(),
        ["SkyCompat:Clouds:azure:Azure:RetailPricesEndpoint"] = new Uri(endpoint, "api/retail/prices").ToString(),
    };
}
