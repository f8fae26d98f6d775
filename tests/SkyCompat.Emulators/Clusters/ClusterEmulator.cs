using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SkyCompat.Emulators.Clusters;

/// <summary>The base of the emulators of managed clusters: HTTP on 127.0.0.1, faults, and a world of clusters and pools whose states go on with the looks at them.</summary>
/// <remarks>Written from the services' documents and knows nothing of the adapters, so that the two can disagree.</remarks>
public abstract class ClusterEmulator : IEmulator
{
    private readonly Lock _lock = new();
    private readonly List<ClusterFault> _faults = [];
    private WebApplication? _host;

    /// <summary>Where it answers.</summary>
    public Uri Endpoint => new(_host!.Urls.First() + "/");

    /// <summary>For how many looks each state lasts.</summary>
    public int Looks { get; set; } = 2;

    /// <summary>The clusters by name.</summary>
    public Dictionary<string, ClusterHolder> Clusters { get; } = new(StringComparer.Ordinal);

    /// <summary>What came in, as method and path.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The versions on offer, the default first.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>The certificate, with its key, to speak HTTPS with, as clients want that send tokens; null for plain HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>How many clusters the account may have.</summary>
    public int Quota { get; set; } = 100;

    /// <summary>Makes something go wrong.</summary>
    public void Add(ClusterFault fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Changes the world while no request does.</summary>
    public void Do(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }

    /// <summary>Brings everything that is under way to its end.</summary>
    public void Settle() => Do(() =>
    {
        foreach (var cluster in Clusters.Values.ToList())
        {
            while (cluster.IsBusy)
            {
                cluster.Look();
            }

            foreach (var pool in cluster.Pools.Values)
            {
                while (pool.IsBusy)
                {
                    pool.Look();
                }
            }

            cluster.Clean();
            if (cluster.IsGone)
            {
                Clusters.Remove(cluster.Name);
            }
        }
    });

    /// <summary>Starts one by the options of a command line.</summary>
    public static async Task<IEmulator> StartAsync<TEmulator>(EmulatorArguments arguments)
        where TEmulator : ClusterEmulator, new()
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var emulator = new TEmulator();
        await emulator.StartAsync(arguments.Port);
        return emulator;
    }

    /// <summary>Starts it.</summary>
    public async Task StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                if (Certificate is { } certificate)
                {
                    listen.UseHttps(certificate);
                }
            });
            kestrel.AddServerHeader = false;
        });
        _host = builder.Build();
        _host.Run(ServeAsync);
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_host is { } host)
        {
            await host.StopAsync(new CancellationToken(canceled: true));
            await host.DisposeAsync();
        }
    }

    /// <summary>Answers a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, decoded.</param>
    /// <param name="query">The query.</param>
    /// <param name="body">The body; null for none.</param>
    protected abstract ClusterAnswer Answer(string method, string path, IQueryCollection query, JsonObject? body);

    /// <summary>A cluster that is there, looked at.</summary>
    protected ClusterHolder? Find(string name)
    {
        if (!Clusters.TryGetValue(name, out var cluster))
        {
            return null;
        }

        cluster.Look();
        if (cluster.IsGone)
        {
            Clusters.Remove(name);
            return null;
        }

        return cluster;
    }

    /// <summary>A pool that is there, looked at.</summary>
    protected static ClusterThing? FindPool(ClusterHolder cluster, string name)
    {
        if (!cluster.Pools.TryGetValue(name, out var pool))
        {
            return null;
        }

        pool.Look();
        cluster.Clean();
        return pool.IsGone ? null : pool;
    }

    private async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        JsonObject? body = null;
        if (request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0)
        {
            body = (await JsonNode.ParseAsync(request.Body, cancellationToken: context.RequestAborted))?.AsObject();
        }

        var path = request.Path.Value ?? "/";
        Requests.Enqueue($"{request.Method} {path}");
        ClusterAnswer answer;
        ClusterFault? fault;
        lock (_lock)
        {
            fault = _faults.Find(item => item.Method == request.Method && path.Contains(item.PathPart, StringComparison.Ordinal) && item.Times > 0);
            if (fault is not null)
            {
                fault.Times--;
            }

            answer = fault?.Answer ?? Answer(request.Method, path, request.Query, body);
        }

        if (fault is { Answer: null })
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (answer.Body is not null)
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.WriteAsync(answer.Body.ToJsonString(), context.RequestAborted);
        }
    }
}
