using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>Azure Resource Manager with virtual machines, disks, networks and the price list, in memory: long-running operations, deletion in cascades, quotas and restrictions.</summary>
/// <remarks>Written from Azure's documents and knows nothing of the adapter, so that the two can disagree.</remarks>
public sealed class ArmEmulator : IEmulator
{
    private readonly WebApplication _host;
    private readonly ArmService _service;

    private ArmEmulator(WebApplication host, ArmService service)
    {
        _host = host;
        _service = service;
    }

    public Uri Endpoint => new(_host.Urls.First() + "/");

    /// <summary>What goes wrong on purpose.</summary>
    public ArmFaults Faults => _service.Faults;

    /// <summary>What there is.</summary>
    public ArmStore Store => _service.Store;

    /// <summary>Limits of cores and machines.</summary>
    public ArmQuotas Quotas => _service.Quotas;

    /// <summary>What is sold.</summary>
    public ArmCatalog Catalog => _service.Catalog;

    /// <summary>Starts the emulator on 127.0.0.1.</summary>
    public static async Task<ArmEmulator> StartAsync(ArmEmulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                if (options.Certificate is { } certificate)
                {
                    listen.UseHttps(certificate);
                }
            });
            kestrel.AddServerHeader = false;
        });
        var host = builder.Build();
        var service = new ArmService(options);
        host.Run(service.ServeAsync);
        await host.StartAsync();
        return new ArmEmulator(host, service);
    }

    /// <summary>Takes a spot machine back, as its eviction policy says.</summary>
    public void Evict(string name) => _service.Machines.Evict(name);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
    }
}
