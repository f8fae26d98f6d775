using System.Net;
using System.Net.Sockets;

namespace SkyCompat.Workloads;

/// <summary>A port of this machine's loopback that leads to a port of a pod; made by <see cref="WorkloadsExtensions.ListenAsync"/>. Each connection to it is one to the pod. Disposing it closes all.</summary>
public sealed class PortForward : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly IWorkloads _workloads;
    private readonly string _pod;
    private readonly int _port;
    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<Task> _connections = [];
    private readonly Task _accepting;

    internal PortForward(TcpListener listener, IWorkloads workloads, string pod, int port)
    {
        _listener = listener;
        _workloads = workloads;
        _pod = pod;
        _port = port;
        LocalPort = ((IPEndPoint)listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_closing.Token);
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int LocalPort { get; }

    /// <summary>Told of connections that broke for another reason than their ends closing them.</summary>
    public event EventHandler<PortForwardErrorEventArgs>? Failed;

    /// <summary>Closes the port and all connections.</summary>
    /// <returns>A task that ends when they are closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        Task[] open;
        lock (_connections)
        {
            open = [.. _connections];
        }

        await Task.WhenAll(open).ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task AcceptAsync(CancellationToken closing)
    {
        while (!closing.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(closing).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            var connection = ServeAsync(client, closing);
            lock (_connections)
            {
                _connections.RemoveWhere(task => task.IsCompleted);
                _connections.Add(connection);
            }
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken closing)
    {
        using var taken = client;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(closing);
        try
        {
            var remote = await _workloads.OpenPortAsync(_pod, _port, closing).ConfigureAwait(false);
            await using (remote.ConfigureAwait(false))
            {
                var local = client.GetStream();
                var down = remote.CopyToAsync(local, done.Token);
                var up = local.CopyToAsync(remote, done.Token);

                // The way to the pod has no half-closed state: the pod's end is the end, while a client that has said all still listens.
                await Task.WhenAny(down, FailureOf(up)).Unwrap().ConfigureAwait(false);
                await done.CancelAsync().ConfigureAwait(false);
            }
        }
        catch (CloudException exception)
        {
            Failed?.Invoke(this, new PortForwardErrorEventArgs(exception));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // One of the ends went away.
        }

        static async Task FailureOf(Task up)
        {
            await up.ConfigureAwait(false);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
