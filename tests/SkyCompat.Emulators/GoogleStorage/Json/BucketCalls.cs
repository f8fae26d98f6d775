using System.Text;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The calls <c>storage.buckets.*</c>.</summary>
internal sealed class BucketCalls(GcsStore store)
{
    public async Task InsertAsync(GcsRequest request)
    {
        _ = request.Parameter("project") ?? throw GcsError.Required("project");
        var wanted = await request.ReadJsonAsync();
        var name = wanted.Text("name");
        Names.RequireBucketName(name);
        var bucket = store.CreateBucket(name!, BucketResource.Create(wanted, name!, request.Origin, store.Now));
        await Reply.JsonAsync(request, bucket.Read(default));
    }

    public Task GetAsync(GcsRequest request, string name) => Reply.JsonAsync(request, store.Bucket(name).Read(Conditions(request)));

    public async Task PatchAsync(GcsRequest request, string name)
    {
        var patch = await request.ReadJsonAsync();
        await Reply.JsonAsync(request, store.Bucket(name).Change(Conditions(request), resource => BucketResource.Patch(resource, patch)));
    }

    public async Task UpdateAsync(GcsRequest request, string name)
    {
        var update = await request.ReadJsonAsync();
        await Reply.JsonAsync(request, store.Bucket(name).Change(Conditions(request), resource => BucketResource.Update(resource, update)));
    }

    public Task DeleteAsync(GcsRequest request, string name)
    {
        store.DeleteBucket(name, Conditions(request));
        return Reply.EmptyAsync(request, 204);
    }

    public Task ListAsync(GcsRequest request)
    {
        _ = request.Parameter("project") ?? throw GcsError.Required("project");
        var prefix = request.Parameter("prefix") ?? "";
        var after = request.Parameter("pageToken") is { } token ? Encoding.UTF8.GetString(Convert.FromBase64String(token)) : "";
        var most = (int)Math.Clamp(request.Integer("maxResults") ?? 1000, 1, 1000);
        var found = store.Buckets
            .Where(bucket => bucket.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(bucket.Name, after) > 0)
            .Take(most + 1)
            .ToList();
        var reply = new JsonObject { ["kind"] = "storage#buckets" };
        if (found.Count > most)
        {
            reply["nextPageToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(found[most - 1].Name));
        }

        if (found.Count > 0)
        {
            reply["items"] = new JsonArray([.. found.Take(most).Select(bucket => bucket.Read(default))]);
        }

        return Reply.JsonAsync(request, reply);
    }

    public Task GetIamPolicyAsync(GcsRequest request, string name)
    {
        _ = store.Bucket(name);
        return Reply.JsonAsync(request, new JsonObject
        {
            ["kind"] = "storage#policy",
            ["resourceId"] = $"projects/_/buckets/{name}",
            ["version"] = 1,
            ["etag"] = "CAE=",
            ["bindings"] = new JsonArray(),
        });
    }

    public Task TestIamPermissionsAsync(GcsRequest request, string name)
    {
        _ = store.Bucket(name);
        var permissions = request.RawQuery.Split('&').Where(pair => pair.StartsWith("permissions=", StringComparison.Ordinal)).Select(pair => (JsonNode?)GcsRequest.Decode(pair["permissions=".Length..]));
        return Reply.JsonAsync(request, new JsonObject { ["kind"] = "storage#testIamPermissionsResponse", ["permissions"] = new JsonArray([.. permissions]) });
    }

    public Task GetStorageLayoutAsync(GcsRequest request, string name)
    {
        var bucket = store.Bucket(name).Read(default);
        return Reply.JsonAsync(request, new JsonObject
        {
            ["kind"] = "storage#storageLayout",
            ["bucket"] = name,
            ["location"] = bucket["location"]!.DeepClone(),
            ["locationType"] = bucket["locationType"]!.DeepClone(),
            ["hierarchicalNamespace"] = new JsonObject { ["enabled"] = false },
        });
    }

    /// <summary>Folders and managed folders: there never are any, but gcloud asks before it deletes a bucket.</summary>
    public Task ListFoldersAsync(GcsRequest request, string name, string kind)
    {
        _ = store.Bucket(name);
        return Reply.JsonAsync(request, new JsonObject { ["kind"] = kind });
    }

    private static Preconditions Conditions(GcsRequest request) => Preconditions.FromQuery(request) with { GenerationMatch = null, GenerationNotMatch = null };
}
