using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;

namespace SkyCompat.Kubernetes;

/// <summary>A WebSocket to an API server that carries several streams: the first byte of each message says of which it is.</summary>
internal sealed class ChannelSocket : IDisposable
{
    public const string Protocol = "v4.channel.k8s.io";

    private const int KeyBytes = 16;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _reply;
    private readonly WebSocket _socket;
    private int _channel = -1;

    private ChannelSocket(HttpResponseMessage reply, WebSocket socket)
    {
        _reply = reply;
        _socket = socket;
    }

    /// <summary>Opens a socket over the cluster's own connections, so that credentials and certificates are those of every request and a refusal is an ordinary error.</summary>
    public static async Task<ChannelSocket> OpenAsync(ApiServer api, string path, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(ClusterHandler.Placeholder, path)) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", Protocol);
        var reply = await api.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        if (reply.StatusCode != HttpStatusCode.SwitchingProtocols)
        {
            reply.Dispose();
            throw new CloudException(CloudErrorCode.Unavailable, "The API server, or something on the way to it, does not speak WebSocket. Check proxies between here and the cluster.") { IsTransient = false };
        }

        var stream = await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return new ChannelSocket(reply, WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { SubProtocol = Protocol, KeepAliveInterval = KeepAlive }));
    }

    /// <summary>Reads the next piece of any stream.</summary>
    /// <returns>Its stream and how many bytes it has; a stream of -1 is the end.</returns>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async ValueTask<(int Channel, int Count)> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return (-1, 0);
            }

            var count = received.Count;
            var channel = _channel;
            if (channel < 0 && count > 0)
            {
                channel = buffer.Span[0];
                count--;
                buffer.Span.Slice(1, count).CopyTo(buffer.Span);
            }

            _channel = received.EndOfMessage ? -1 : channel;
            if (count > 0)
            {
                return (channel, count);
            }
        }
    }

    /// <summary>Writes to a stream. In one frame: servers take each frame for a message, with its stream in front.</summary>
    public async ValueTask WriteAsync(byte channel, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var frame = ArrayPool<byte>.Shared.Rent(data.Length + 1);
        try
        {
            frame[0] = channel;
            data.CopyTo(frame.AsMemory(1));
            await _socket.SendAsync(frame.AsMemory(0, data.Length + 1), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _reply.Dispose();
    }
}
