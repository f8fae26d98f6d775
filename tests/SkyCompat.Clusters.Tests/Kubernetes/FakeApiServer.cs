using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>Answers as an API server would where a real one cannot be made to: renewed credentials, thousands of pods, versions of other years.</summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerRequest, (int Status, string Body)> _answer;
    private readonly Task _serving;

    public FakeApiServer(Func<HttpListenerRequest, (int Status, string Body)> answer)
    {
        _answer = answer;
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        probe.Stop();
        _listener.Prefixes.Add(Url.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>Method and path of every request.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Which requests are answered line by line, as lines come; null for none.</summary>
    public Func<HttpListenerRequest, ChannelReader<string>?>? Watch { get; init; }

    /// <summary>A kubeconfig in a folder that leads here.</summary>
    public string WriteKubeconfig(string folder, string token = "first")
    {
        var path = Path.Combine(folder, "kubeconfig");
        File.WriteAllText(path, $$$"""
            apiVersion: v1
            clusters: [{name: fake, cluster: {server: "{{{Url}}}"}}]
            users: [{name: me, user: {token: "{{{token}}}"}}]
            contexts: [{name: fake, context: {cluster: fake, user: me, namespace: shop}}]
            current-context: fake
            """);
        return path;
    }

    public static string Status(int code, string reason, string message) =>
        $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"{{reason}}","message":"{{message}}","code":{{code}}}""";

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Requests.Enqueue($"{context.Request.HttpMethod} {context.Request.Url!.PathAndQuery}");
            if (Watch?.Invoke(context.Request) is { } lines)
            {
                _ = TellAsync(context.Response, lines);
                continue;
            }

            var (status, body) = _answer(context.Request);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            try
            {
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
            catch (HttpListenerException)
            {
                // The client went away.
            }
        }
    }

    private static async Task TellAsync(HttpListenerResponse response, ChannelReader<string> lines)
    {
        try
        {
            response.SendChunked = true;
            response.ContentType = "application/json";
            await response.OutputStream.FlushAsync();
            await foreach (var line in lines.ReadAllAsync())
            {
                await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
                await response.OutputStream.FlushAsync();
            }

            response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The client went away, or the server.
        }
    }
}
