namespace SkyCompat.Azure;

/// <summary>Deletes clusters and pools.</summary>
internal static class AksDeletion
{
    /// <summary>Asks to delete; success if there is nothing.</summary>
    /// <returns>Where to look how it goes on; null if it is done.</returns>
    public static async Task<string?> DeleteAsync(ArmClient client, string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await AksErrors.RunAsync(() => client.SendAsync(HttpMethod.Delete, path, ArmVersions.Clusters, query: null, body: null, ArmSubject.Resource, cancellationToken)).ConfigureAwait(false)).Operation;
        }
        catch (CloudException exception) when (exception is { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request })
        {
            return null;
        }
    }
}
