using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>A stateful Compute Engine on the loopback interface, in memory.</summary>
/// <remarks>Written from Google's documents, and knows nothing of the adapter, so that the two can disagree. Time passes only when somebody looks.</remarks>
public sealed class GceEmulator : IEmulator
{
    private readonly WebApplication _host;
    private readonly GceWorld _world;

    private GceEmulator(WebApplication host, GceWorld world, GceFaults faults)
    {
        _host = host;
        _world = world;
        Faults = faults;
    }

    public Uri Endpoint => new(_host.Urls.First() + "/");

    /// <summary>What goes wrong on purpose, and what came in.</summary>
    public GceFaults Faults { get; }

    /// <summary>Starts one; it answers when the task is done.</summary>
    public static async Task<GceEmulator> StartAsync(GceEmulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
        });
        var host = builder.Build();
        var faults = new GceFaults();
        var world = new GceWorld(options, faults);
        host.Run(new GceService(options, world, faults).ServeAsync);
        await host.StartAsync();
        return new GceEmulator(host, world, faults);
    }

    /// <summary>Says how many more instances of a type a zone has room for.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="count">How many.</param>
    /// <param name="machineType">The type; null for all together.</param>
    public void SetStock(string zone, int count, string? machineType = null) => _world.SetStock(zone, machineType, count);

    /// <summary>Sets a quota of a region, or of the project where there is no region.</summary>
    public void SetQuota(string? region, string metric, double limit) => _world.SetQuota(region, metric, limit);

    /// <summary>Takes a spot instance back. As with other changes, looks at it carry it out.</summary>
    public void Preempt(string zone, string name) => _world.Locked(() => InstanceCalls.Preempt(_world, zone, name));

    /// <summary>Shows an instance in a state, as the provider could at any time.</summary>
    public void SetStatus(string zone, string name, string status) => _world.Locked(() => _world.Get($"zones/{zone}/instances", name)["status"] = status);

    /// <summary>Writes to an instance's serial port.</summary>
    public void WriteConsole(string zone, string name, string text) => _world.Locked(() => _world.WriteConsole(zone, name, text));

    /// <summary>Removes the default network, as some organizations do.</summary>
    public void RemoveDefaultNetwork() => _world.Locked(() => _world.RemoveNetwork("default"));

    /// <summary>The names of what there is in a collection, such as <c>zones/europe-west3-a/instances</c>.</summary>
    public IReadOnlyList<string> Names(string collection) => _world.Locked(() => _world.Names(collection));

    /// <summary>A resource as JSON; null if there is none.</summary>
    public string? Find(string collection, string name) => _world.Locked(() => _world.Find(collection, name)?.ToJsonString());

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
    }
}
