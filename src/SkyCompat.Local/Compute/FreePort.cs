using System.Net;
using System.Net.Sockets;

namespace SkyCompat.Local;

/// <summary>Chooses ports of 127.0.0.1. Another program may take one before it is used: whoever uses it tries again.</summary>
internal static class FreePort
{
    /// <summary>The port that is liked if it is free, or any that is.</summary>
    public static int Choose(int liked = 0) => TryBind(liked) ?? TryBind(0) ?? throw new CloudException(CloudErrorCode.Unavailable, "No port of 127.0.0.1 is free.");

    private static int? TryBind(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
