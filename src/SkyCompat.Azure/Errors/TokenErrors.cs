using System.Net.Sockets;
using Azure;
using Azure.Identity;

namespace SkyCompat.Azure;

/// <summary>What it means when there is no Entra ID token.</summary>
internal static class TokenErrors
{
    private const int TooManyRequests = 429;

    /// <summary>Whether an exception is of the sign-in, and not the caller's cancellation or a bug.</summary>
    public static bool Explains(Exception exception, CancellationToken cancellationToken) =>
        exception is AuthenticationFailedException or RequestFailedException || TransportErrors.Explains(exception, cancellationToken);

    /// <summary>The error. The exception's own message names the steps of the sign-in and no secret; it stays inside.</summary>
    public static CloudException Create(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException or IOException or SocketException or OperationCanceledException or RequestFailedException { Status: 0 or TooManyRequests or >= 500 })
            {
                return new CloudException(
                    CloudErrorCode.Unavailable, "Entra ID, or the machine's identity endpoint, cannot be reached to sign in: check the network, and AuthorityHost if it is set.", exception)
                {
                    Scope = ErrorScope.Cloud,
                };
            }
        }

        var text = exception is CredentialUnavailableException
            ? "There is no identity to sign in with: none of the sources that Credential allows is set up here. Sign in, assign a managed identity, or set AccountKey or SasToken."
            : "Entra ID refused to sign in: check TenantId, ClientId and the secret or identity that Credential names.";
        return new CloudException(CloudErrorCode.Unauthenticated, text, exception) { Scope = ErrorScope.Cloud };
    }
}
