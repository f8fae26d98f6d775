using System.Text.Json.Nodes;

namespace SkyCompat.Azure;

/// <summary>Makes resources, and their resource group where there is none: it is looked for only when a request says so.</summary>
internal sealed class ArmGroups(ArmClient client)
{
    /// <summary>Makes or changes a resource.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="version">The interface's version.</param>
    /// <param name="region">The region, for the group too.</param>
    /// <param name="body">The resource.</param>
    /// <param name="subject">What it is.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The reply.</returns>
    public async Task<ArmReply> PutAsync(string path, string version, string region, JsonNode body, ArmSubject subject, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(HttpMethod.Put, path, version, query: null, body, subject, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.ProviderCode == ArmErrors.GroupNotFound)
        {
            // Without tags: the group may hold what others make later, and is never removed.
            await client.SendAsync(
                HttpMethod.Put, client.Scope.GroupPath(), ArmVersions.Resources, query: null, new JsonObject { ["location"] = region }, ArmSubject.Resource, cancellationToken).ConfigureAwait(false);
            return await client.SendAsync(HttpMethod.Put, path, version, query: null, body, subject, cancellationToken).ConfigureAwait(false);
        }
    }
}
