using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>A stateful Cloud Storage server on the loopback interface: JSON and XML API, with its data in memory.</summary>
public sealed class GcsEmulator : IEmulator
{
    /// <summary>The account of <see cref="ServiceAccountJson"/>.</summary>
    public const string ServiceAccountEmail = "tests@emulator.iam.gserviceaccount.com";

    private readonly WebApplication _server;
    private readonly GcsStore _store;
    private readonly AccessTokens _tokens;
    private readonly ServiceAccounts _accounts = new();
    private readonly Lazy<string> _serviceAccountJson;

    private GcsEmulator(GcsEmulatorOptions options)
    {
        _store = new GcsStore(options);
        _tokens = new AccessTokens(options.Clock);
        foreach (var token in options.AccessTokens)
        {
            _tokens.Add(token);
        }

        var pipeline = new GcsPipeline(this, options, _store, _tokens, _accounts);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();

        // Asking whether there is data before there is room for it doubles the system calls of an upload.
        builder.WebHost.UseKestrelCore().UseSockets(static sockets => sockets.WaitForDataBeforeAllocatingBuffer = false).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxResponseBufferSize = 1 << 20;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestLineSize = 64 << 10;
            kestrel.Limits.MaxRequestHeadersTotalSize = 64 << 10;
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.UTF8;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        _server = builder.Build();
        _server.Run(pipeline.ServeAsync);
        _serviceAccountJson = new Lazy<string>(() => _accounts.Create(ServiceAccountEmail, new Uri(Endpoint, "token").ToString()).ToString());
    }

    public Uri Endpoint => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>What is to go wrong.</summary>
    public GcsFaults Faults { get; } = new();

    /// <summary>A credential file with a private key that exists only in this emulator; its token address is <c>/token</c> here.</summary>
    public string ServiceAccountJson => _serviceAccountJson.Value;

    /// <summary>Starts one; it answers when the task is done.</summary>
    public static async Task<GcsEmulator> StartAsync(GcsEmulatorOptions options)
    {
        var emulator = new GcsEmulator(options);
        await emulator._server.StartAsync();
        return emulator;
    }

    /// <summary>Accepts <paramref name="token"/> as a bearer token.</summary>
    public void AddAccessToken(string token) => _tokens.Add(token);

    /// <summary>Refuses from now on every token that the token endpoint has issued.</summary>
    public void RevokeIssuedTokens() => _tokens.RevokeIssued();

    /// <summary>Accepts what the private half of <paramref name="publicKeyPem"/> signs as signed by <paramref name="email"/>.</summary>
    public void RegisterServiceAccount(string email, string publicKeyPem) => _accounts.Register(email, publicKeyPem);

    /// <summary>Forgets all buckets, uploads and faults. Tokens and accounts stay.</summary>
    public void Reset()
    {
        _store.Clear();
        Faults.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _accounts.Dispose();
    }
}
