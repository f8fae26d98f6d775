using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>Alibaba Cloud's ECS and VPC, in memory: instances, disks, snapshots, images, types, stock, prices, key pairs, security groups, networks, elastic addresses; signatures that are verified.</summary>
/// <remarks>Written from the services' documents and knows nothing of the adapter, so that the two can disagree. Time does not pass by itself: things change with the calls about them.</remarks>
public sealed class EcsEmulator : IEmulator
{
    private readonly WebApplication _host;

    private EcsEmulator(WebApplication host, EcsState state, EcsFaults faults)
    {
        _host = host;
        State = state;
        Faults = faults;
    }

    /// <summary>Where ECS answers.</summary>
    public Uri Endpoint => new(_host.Urls.First() + "/");

    /// <summary>Where VPC answers.</summary>
    public Uri VpcEndpoint => new(_host.Urls.Last() + "/");

    /// <summary>What the account has.</summary>
    public EcsState State { get; }

    /// <summary>What goes wrong on purpose.</summary>
    public EcsFaults Faults { get; }

    /// <summary>Starts the emulator on 127.0.0.1.</summary>
    public static async Task<EcsEmulator> StartAsync(EcsEmulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.Listen(IPAddress.Loopback, options.VpcPort);
            kestrel.AddServerHeader = false;
        });
        var host = builder.Build();
        var state = new EcsState();
        var faults = new EcsFaults();
        var ecsPort = 0;
        var ecs = new EcsService("2014-05-26", new EcsOperations(state, options).All, state, options, faults);
        var vpc = new EcsService("2016-04-28", new VpcOperations(state, options).All, state, options, faults);
        host.Run(context => context.Connection.LocalPort == ecsPort ? ecs.ServeAsync(context) : vpc.ServeAsync(context));
        await host.StartAsync();
        ecsPort = new Uri(host.Urls.First()).Port;
        return new EcsEmulator(host, state, faults);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
    }
}
