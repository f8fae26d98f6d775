using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>A stateful Cloud Storage server on the loopback interface, with its data in memory.</summary>
public sealed class GcsEmulator : IEmulator
{
    private readonly WebApplication _server;

    private GcsEmulator(WebApplication server)
    {
        _server = server;
        Endpoint = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Endpoint { get; }

    /// <summary>Starts one; it answers when the task is done.</summary>
    public static async Task<GcsEmulator> StartAsync(GcsEmulatorOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        var server = builder.Build();
        server.Run(static context =>
        {
            context.Response.StatusCode = StatusCodes.Status501NotImplemented;
            return Task.CompletedTask;
        });
        await server.StartAsync();
        return new GcsEmulator(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
