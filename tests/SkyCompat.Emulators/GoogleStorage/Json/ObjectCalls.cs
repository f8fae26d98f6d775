using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The calls <c>storage.objects.*</c> on objects that are there.</summary>
internal sealed class ObjectCalls(GcsStore store)
{
    public Task GetAsync(GcsRequest request, string bucket, string name)
    {
        var found = store.Bucket(bucket).Get(name, request.Integer("generation"), Preconditions.FromQuery(request));
        CheckTags(request, found.ETag);
        if (request.Parameter("alt") == "media")
        {
            return MediaReply.WriteAsync(request, found, request.Fault?.CutAfter);
        }

        request.Context.Response.Headers.ETag = found.ETag;
        return Reply.JsonAsync(request, ObjectResource.ToJson(found, request.Origin));
    }

    public Task ListAsync(GcsRequest request, string bucket)
    {
        var page = store.Bucket(bucket).List(ObjectQuery.From(request));
        var reply = new JsonObject { ["kind"] = "storage#objects" };
        if (page.Next is { } next)
        {
            reply["nextPageToken"] = next.ToString();
        }

        if (page.Prefixes.Count > 0)
        {
            reply["prefixes"] = new JsonArray([.. page.Prefixes.Select(prefix => (JsonNode?)prefix)]);
        }

        if (page.Items.Count > 0)
        {
            reply["items"] = new JsonArray([.. page.Items.Select(item => ObjectResource.ToJson(item, request.Origin))]);
        }

        return Reply.JsonAsync(request, reply);
    }

    public async Task PatchAsync(GcsRequest request, string bucket, string name)
    {
        var patch = await request.ReadJsonAsync();
        await ChangeAsync(request, bucket, name, fields => fields.Merge(patch));
    }

    public async Task UpdateAsync(GcsRequest request, string bucket, string name)
    {
        var resource = await request.ReadJsonAsync();
        await ChangeAsync(request, bucket, name, _ => ObjectFields.FromJson(resource));
    }

    public Task DeleteAsync(GcsRequest request, string bucket, string name)
    {
        store.Bucket(bucket).Delete(name, request.Integer("generation"), Preconditions.FromQuery(request));
        return Reply.EmptyAsync(request, 204);
    }

    private Task ChangeAsync(GcsRequest request, string bucket, string name, Func<ObjectFields, ObjectFields> change)
    {
        var changed = store.Bucket(bucket).Update(name, request.Integer("generation"), Preconditions.FromQuery(request), change);
        request.Context.Response.Headers.ETag = changed.ETag;
        return Reply.JsonAsync(request, ObjectResource.ToJson(changed, request.Origin));
    }

    /// <summary>Reads honour the headers of HTTP itself; calls that write do not.</summary>
    private static void CheckTags(GcsRequest request, string tag)
    {
        if (request.Header("If-Match") is { } match && !Names(match))
        {
            throw GcsError.PreconditionFailed("If-Match");
        }

        if (request.Header("If-None-Match") is { } noneMatch && Names(noneMatch))
        {
            throw GcsError.NotModified();
        }

        bool Names(string header) => header.Split(',', StringSplitOptions.TrimEntries).Any(item => item == "*" || item.Trim('"') == tag);
    }
}
