namespace SkyCompat.Azure;

/// <summary>Deletes resources.</summary>
internal static class ArmDeletion
{
    /// <summary>Asks to delete a resource; success if there is none.</summary>
    public static async Task DeleteAsync(this ArmClient client, string path, string version, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(HttpMethod.Delete, path, version, query: null, body: null, ArmSubject.Resource, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception is { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request })
        {
            // Nothing is there, or the group is not.
        }
    }
}
