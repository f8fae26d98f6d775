using System.Net;
using System.Net.Sockets;

namespace SkyCompat.Local;

/// <summary>Serves signed requests on 127.0.0.1, and nowhere else.</summary>
internal sealed class LoopbackEndpoint : IAsyncDisposable
{
    private const int MaxConcurrency = 64;
    private const int MaxAttempts = 10;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _slots = new(MaxConcurrency, MaxConcurrency);
    private readonly SignedRequestHandler _handler;
    private readonly HttpListener _listener;
    private readonly Task _accepting;

    private LoopbackEndpoint(HttpListener listener, Uri baseUrl, SignedRequestHandler handler)
    {
        _listener = listener;
        _handler = handler;
        BaseUrl = baseUrl;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri BaseUrl { get; }

    /// <summary>Opens the port.</summary>
    /// <param name="port">The port; 0 for any free one.</param>
    /// <param name="handler">Answers the requests.</param>
    /// <returns>The endpoint, serving.</returns>
    public static LoopbackEndpoint Start(int port, SignedRequestHandler handler)
    {
        for (var attempt = 1; ; attempt++)
        {
            var url = new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), port == 0 ? FindFreePort() : port).Uri;
            var listener = new HttpListener { Prefixes = { url.AbsoluteUri } };
            try
            {
                listener.Start();
                return new LoopbackEndpoint(listener, url, handler);
            }
            catch (HttpListenerException exception)
            {
                listener.Close();

                // Between finding a free port and opening it, somebody else may have taken it.
                if (port != 0 || attempt == MaxAttempts)
                {
                    throw new CloudException(
                        CloudErrorCode.Unavailable,
                        $"{url} for signed requests cannot be opened: {exception.Message}. Set EndpointPort to a free port, or to 0 for any, or set PublicBaseUrl and serve them yourself.",
                        exception)
                    {
                        IsTransient = false,
                    };
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Close();
        await _accepting.ConfigureAwait(false);

        // All slots back means that no request is being served any more.
        for (var slot = 0; slot < MaxConcurrency; slot++)
        {
            await _slots.WaitAsync().ConfigureAwait(false);
        }

        _slots.Dispose();
        _stop.Dispose();
    }

    private static int FindFreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await _slots.WaitAsync(_stop.Token).ConfigureAwait(false);
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync().ConfigureAwait(false);
                }
                catch
                {
                    _slots.Release();
                    throw;
                }

                _ = ServeAsync(context);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener was closed.
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        // Off the accepting loop, which is to take the next request at once.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await WriteAsync(context).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A failed connection, whatever the failure, ends this request and nothing else; the client sees it break.
        catch (Exception)
        {
            context.Response.Abort();
        }
#pragma warning restore CA1031
        finally
        {
            _slots.Release();
        }
    }

    private async Task WriteAsync(HttpListenerContext context)
    {
        var headers = context.Request.Headers.AllKeys.OfType<string>().ToDictionary(name => name, name => context.Request.Headers[name] ?? "", StringComparer.OrdinalIgnoreCase);
        var url = context.Request.RawUrl ?? "";
        var question = url.IndexOf('?', StringComparison.Ordinal);
        var request = new SignedHttpRequest(context.Request.HttpMethod, question < 0 ? "" : url[question..], headers, context.Request.InputStream);
        var reply = await _handler.HandleAsync(request, _stop.Token).ConfigureAwait(false);
        await using (reply.ConfigureAwait(false))
        {
            context.Response.StatusCode = reply.StatusCode;
            foreach (var (name, value) in reply.Headers)
            {
                if (name == "Content-Length")
                {
                    context.Response.ContentLength64 = long.Parse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
                }
                else
                {
                    context.Response.AddHeader(name, value);
                }
            }

            if (!ReferenceEquals(reply.Body, Stream.Null))
            {
                await reply.Body.CopyToAsync(context.Response.OutputStream, _stop.Token).ConfigureAwait(false);
            }

            context.Response.Close();
        }
    }
}
