using System.Net.Sockets;
using System.Security.Authentication;

namespace SkyCompat.Http;

/// <summary>What it means when no reply comes, or breaks off.</summary>
internal static class TransportErrors
{
    /// <summary>Whether an exception is of the connection, and not the caller's cancellation or a bug.</summary>
    public static bool Explains(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        HttpRequestException or IOException or SocketException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    /// <summary>The error of a request that got no reply.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="authority">Host and port.</param>
    /// <param name="settings">The settings that decide where the adapter's requests go.</param>
    /// <param name="isWrite">Whether it writes.</param>
    public static CloudException Create(Exception exception, string authority, string settings, bool isWrite)
    {
        var error = (exception as HttpRequestException)?.HttpRequestError ?? HttpRequestError.Unknown;
        if (error == HttpRequestError.SecureConnectionError || exception.InnerException is AuthenticationException)
        {
            return new CloudException(
                CloudErrorCode.Unavailable,
                $"No trusted TLS connection to {authority}: {exception.InnerException?.Message ?? exception.Message} Check that the server speaks https on that port, and that its certificate is valid, names this host and comes from an authority that this machine trusts.",
                exception)
            {
                IsTransient = false,
                Scope = ErrorScope.Cloud,
            };
        }

        return error switch
        {
            HttpRequestError.NameResolutionError => new CloudException(
                CloudErrorCode.Unavailable, $"The host name of {authority} cannot be resolved: check {settings} and the name service.", exception) { Scope = ErrorScope.Cloud },
            HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => new CloudException(
                CloudErrorCode.Unavailable, $"No connection to {authority}: {exception.Message} Check {settings}, and that the store is up.", exception) { Scope = ErrorScope.Cloud },
            _ when exception is OperationCanceledException => new CloudException(
                CloudErrorCode.Timeout, $"No connection to {authority} within ConnectTimeout.", exception) { Scope = ErrorScope.Cloud },
            _ => new CloudException(CloudErrorCode.Unavailable, $"The connection to {authority} broke before the reply came.", exception) { MayHaveTakenEffect = isWrite },
        };
    }

    /// <summary>The error of a reply that broke off.</summary>
    public static CloudException CreateForReply(Exception exception, string authority, bool isWrite) =>
        new(CloudErrorCode.Unavailable, $"The connection to {authority} broke within the reply.", exception) { MayHaveTakenEffect = isWrite };
}
