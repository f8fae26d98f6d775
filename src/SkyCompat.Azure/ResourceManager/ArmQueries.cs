using System.Text.Json;

namespace SkyCompat.Azure;

/// <summary>Reads resources and lists.</summary>
internal static class ArmQueries
{
    /// <summary>Reads a resource.</summary>
    /// <returns>The document; undefined if there is no such resource.</returns>
    public static async Task<JsonElement> TryGetAsync(this ArmClient client, string path, string version, CancellationToken cancellationToken, string? query = null, ArmSubject subject = ArmSubject.Resource)
    {
        try
        {
            return (await client.SendAsync(HttpMethod.Get, path, version, query, body: null, subject, cancellationToken).ConfigureAwait(false)).Body;
        }
        catch (CloudException exception) when (exception is { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request })
        {
            return default;
        }
    }

    /// <summary>Reads a page of a list.</summary>
    /// <param name="client">The client.</param>
    /// <param name="path">The list's path.</param>
    /// <param name="version">The interface's version.</param>
    /// <param name="query">Further parameters, written as they are sent.</param>
    /// <param name="nextLink">What <see cref="ArmPage.NextLink"/> of the page before said; null for the first.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The page; an empty one where the resource group does not exist.</returns>
    public static async Task<ArmPage> ListPageAsync(this ArmClient client, string path, string version, string? query, string? nextLink, CancellationToken cancellationToken)
    {
        ArmReply reply;
        try
        {
            reply = nextLink is null
                ? await client.SendAsync(HttpMethod.Get, path, version, query, body: null, ArmSubject.Resource, cancellationToken).ConfigureAwait(false)
                : await client.SendAsync(HttpMethod.Get, client.Resolve(nextLink), body: null, ArmSubject.Resource, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.ProviderCode == ArmErrors.GroupNotFound)
        {
            return new ArmPage([], null);
        }

        var next = reply.Body.Text("nextLink") is { Length: > 0 } link ? link : null;
        return next is null || next != nextLink
            ? new ArmPage([.. reply.Body.Items("value")], next)
            : throw new CloudException(CloudErrorCode.Unknown, "The service answers a list with the same page again and again.");
    }

    /// <summary>Reads all pages of a list.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ListAllAsync(this ArmClient client, string path, string version, string? query, CancellationToken cancellationToken)
    {
        var items = new List<JsonElement>();
        string? next = null;
        do
        {
            var page = await client.ListPageAsync(path, version, query, next, cancellationToken).ConfigureAwait(false);
            items.AddRange(page.Items);
            next = page.NextLink;
        }
        while (next is not null);
        return items;
    }
}
