using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SkyCompat;
using SkyCompat.Compute;

// Launches a web server on whichever cloud is configured, waits until it answers, and removes it again.
// dotnet run --project samples/WebServer -- [--cloud NAME] [--name NAME] [--keep]
const int CloudPort = 8080;
var patience = TimeSpan.FromMinutes(5);

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;

try
{
    var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
    builder.Services.AddHttpClient();
    builder.Services.AddSkyCompat(builder.Configuration.GetSection("SkyCompat")).AddLocal().AddAws().AddAzure().AddGoogle().AddAlibaba();
    using var host = builder.Build();
    await host.StartAsync();
    var stop = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    var sky = host.Services.GetRequiredService<ISky>();
    var cloud = Option("--cloud") is { } chosen ? sky.GetCloud(chosen) : sky.DefaultCloud;
    var port = cloud.Provider == CloudProvider.Local ? FreePort() : CloudPort;
    var request = new PlacementRequest
    {
        Clouds = [cloud.Name],
        Need = new MachineNeed { MinVCpus = 1, MinMemoryGiB = 1, Markets = [Market.Spot, Market.OnDemand] },
        Launch = new LaunchSpec
        {
            IdempotencyKey = Option("--name") ?? $"web-{Guid.NewGuid():N}"[..16],
            Image = ImageReference.OfFamily("ubuntu-24.04"),
            UserData = $"#!/bin/sh\necho \"Hello from $(uname -n).\" > index.html\nexec python3 -m http.server {port}\n",
            PublicAddress = true,

            // This machine's instances share its own firewall; clouds have one for each.
            Inbound = cloud.Compute.Capabilities.Supports(ComputeFeatures.Firewall) ? [FirewallRule.Tcp(port)] : [],
        },
    };
    var placements = host.Services.GetRequiredService<IPlacementService>();
    Console.Write((await placements.PlanAsync(request, stop)).Explain(3));
    var placed = await placements.LaunchAsync(request, new Progress<PlacementAttempt>(attempt => Console.WriteLine($"{attempt.Outcome}: {attempt.Offer}")), stop);
    var instance = placed.Instances[0];

    // A machine that runs has not started its services yet.
    var http = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
    using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
    deadline.CancelAfter(patience);
    var url = $"http://{instance.PublicAddresses[0]}:{port}/";
    Console.WriteLine($"{url} says: {(await AskAsync(http, url, deadline.Token)).Trim()}");
    if (args.Contains("--keep"))
    {
        Console.WriteLine($"Kept: {cloud.Name}:{instance.Id}. `skyc compute rm {cloud.Name}:{instance.Id}` removes it.");
        return 0;
    }

    await (await cloud.Compute.TerminateAsync(instance.Id, stop)).WaitAsync(null, stop);
    Console.WriteLine("Removed.");
    return 0;
}
catch (OptionsValidationException exception)
{
    Console.Error.WriteLine(string.Join('\n', exception.Failures));
    return 2;
}
catch (CloudException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine($"It did not answer within {patience}. `skyc compute ls` shows it, `skyc compute console` what it wrote.");
    return 1;
}

static async Task<string> AskAsync(HttpClient http, string url, CancellationToken cancellationToken)
{
    while (true)
    {
        try
        {
            return await http.GetStringAsync(url, cancellationToken);
        }
        catch (HttpRequestException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }
}

static int FreePort()
{
    using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    return ((IPEndPoint)socket.LocalEndPoint!).Port;
}
