using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>Alibaba Cloud's object storage, in memory: buckets, objects, versions, multipart uploads, and signatures that are verified.</summary>
/// <remarks>Written from OSS's documents and knows nothing of the adapter, so that the two can disagree. What it is trusted for is in <c>tests/servers/README.md</c>.</remarks>
public sealed class OssEmulator : IEmulator
{
    private readonly WebApplication _host;

    private OssEmulator(WebApplication host, OssFaults faults)
    {
        _host = host;
        Faults = faults;
    }

    public Uri Endpoint => new(_host.Urls.First() + "/");

    /// <summary>What goes wrong on purpose.</summary>
    public OssFaults Faults { get; }

    /// <summary>Starts the emulator on 127.0.0.1.</summary>
    public static async Task<OssEmulator> StartAsync(OssEmulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.UTF8;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8;
        });
        var host = builder.Build();
        var faults = new OssFaults();
        var service = new OssService(options, faults);
        host.Run(service.ServeAsync);
        await host.StartAsync();
        return new OssEmulator(host, faults);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
    }
}
