using System.Net;

namespace SkyCompat.Azure;

/// <summary>The console's log, which Azure keeps as a blob and lends by a signed address.</summary>
internal sealed class BootDiagnostics(ArmClient client)
{
    private const int MaxBytes = 16 << 20;

    public async Task<string> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var path = client.Scope.One(ArmTypes.Machine, id) + "/retrieveBootDiagnosticsData";
        var reply = await client.SendAsync(HttpMethod.Post, path, ArmVersions.Compute, query: null, body: null, ArmSubject.Instance, cancellationToken).ConfigureAwait(false);
        if (!Uri.TryCreate(reply.Body.Text("serialConsoleLogBlobUri"), UriKind.Absolute, out var address))
        {
            return "";
        }

        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
        {
            throw new CloudException(CloudErrorCode.Unknown, "The address of the console's log is not one of https.");
        }

        return await FetchAsync(address, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches the log. The address holds a signature and goes into no message; no token is sent to it.</summary>
    private async Task<string> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await client.Context.Http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                // Nothing was written yet.
                return "";
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new CloudException(CloudErrorCode.Unavailable, "The console's log cannot be read now.") { StatusCode = (int)response.StatusCode };
            }

            await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken).ConfigureAwait(false);
            return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.CreateForReply(exception, address.Authority, isWrite: false);
        }
    }
}
