using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>Objects made from objects: compose, copy and rewrite.</summary>
internal sealed class CopyCalls(GcsStore store, GcsEmulatorOptions options)
{
    private const int MaxSources = 32;
    private const long Mebibyte = 1 << 20;

    public async Task ComposeAsync(GcsRequest request, string bucketName, string name)
    {
        var body = await request.ReadJsonAsync();
        Names.RequireObjectName(name);
        var bucket = store.Bucket(bucketName);
        if (body["sourceObjects"] is not JsonArray { Count: > 0 } named)
        {
            throw new GcsError(400, "required", "You must provide at least one source component.");
        }

        if (named.Count > MaxSources)
        {
            throw GcsError.Invalid($"The number of source components provided ({named.Count}) exceeds the maximum ({MaxSources})");
        }

        var sources = named.Select(item => Source(bucket, item as JsonObject)).ToList();
        var destination = body["destination"] as JsonObject ?? [];
        var created = bucket.Insert(
            new GcsObject
            {
                Bucket = bucketName,
                Name = name,
                Content = Content.Concat([.. sources.Select(source => source.Content)]),
                Fields = ObjectFields.FromJson(destination),
                StorageClass = StorageClass(destination, bucket.StorageClass),
                ComponentCount = sources.Sum(source => source.ComponentCount ?? 1),
            },
            Preconditions.FromQuery(request));
        await Reply.JsonAsync(request, ObjectResource.ToJson(created, request.Origin));
    }

    public async Task CopyAsync(GcsRequest request, string sourceBucket, string sourceName, string bucket, string name)
    {
        var body = await request.ReadJsonAsync();
        var source = Source(request, sourceBucket, sourceName);
        var created = Insert(request, source, body, bucket, name);
        await Reply.JsonAsync(request, ObjectResource.ToJson(created, request.Origin));
    }

    public async Task RewriteAsync(GcsRequest request, string sourceBucket, string sourceName, string bucketName, string name)
    {
        var body = await request.ReadJsonAsync();
        Names.RequireObjectName(name);
        var bucket = store.Bucket(bucketName);
        var source = Source(request, sourceBucket, sourceName);
        var call = new RewriteCall(sourceBucket, sourceName, source.Generation, bucketName, name, request.Integer("maxBytesRewrittenPerCall"));
        if (call.BytesPerCall is { } most && (most <= 0 || most % Mebibyte != 0))
        {
            throw GcsError.InvalidParameter("maxBytesRewrittenPerCall", "The value must be an integral multiple of 1 MiB (1048576).");
        }

        var rewrite = Rewrite(request, call);
        var size = source.Content.Length;
        rewrite.Done = Math.Min(size, rewrite.Done + Step(source, bucket, body, call));
        var reply = new JsonObject
        {
            ["kind"] = "storage#rewriteResponse",
            ["totalBytesRewritten"] = rewrite.Done.ToString(CultureInfo.InvariantCulture),
            ["objectSize"] = size.ToString(CultureInfo.InvariantCulture),
            ["done"] = rewrite.Done == size,
        };
        if (rewrite.Done < size)
        {
            store.Rewrites[rewrite.Token] = rewrite;
            reply["rewriteToken"] = rewrite.Token;
        }
        else
        {
            reply["resource"] = ObjectResource.ToJson(Insert(request, source, body, bucketName, name), request.Origin);
            store.Rewrites.TryRemove(rewrite.Token, out _);
        }

        await Reply.JsonAsync(request, reply);
    }

    /// <summary>The rewrite to go on with, which must be of the very same call, or a new one.</summary>
    private Rewrite Rewrite(GcsRequest request, RewriteCall call)
    {
        if (request.Parameter("rewriteToken") is not { } token)
        {
            return new Rewrite(Convert.ToHexString(RandomNumberGenerator.GetBytes(24)), call);
        }

        return store.Rewrites.TryGetValue(token, out var known) && known.Call == call
            ? known
            : throw GcsError.InvalidParameter("rewriteToken", "Invalid rewrite token.");
    }

    /// <summary>Within a location and storage class the service copies any size in one call; only between them it takes several.</summary>
    private long Step(GcsObject source, GcsBucket bucket, JsonObject body, RewriteCall call)
    {
        if (options.RewriteBytesPerCall is { } always)
        {
            return always;
        }

        var stays = store.Bucket(source.Bucket).Location == bucket.Location && StorageClass(body, bucket.StorageClass) == source.StorageClass;
        return stays ? source.Content.Length : call.BytesPerCall ?? source.Content.Length;
    }

    private GcsObject Source(GcsRequest request, string bucket, string name) =>
        store.Bucket(bucket).Get(name, request.Integer("sourceGeneration"), Preconditions.FromQuery(request, "ifSource"));

    private static GcsObject Source(GcsBucket bucket, JsonObject? named)
    {
        var name = named?.Text("name") ?? throw GcsError.Required("sourceObjects.name");
        var condition = new Preconditions(Number(named["objectPreconditions"]?["ifGenerationMatch"]), null, null, null);
        return bucket.Get(name, Number(named["generation"]), condition);
    }

    private GcsObject Insert(GcsRequest request, GcsObject source, JsonObject body, string bucketName, string name)
    {
        Names.RequireObjectName(name);
        var bucket = store.Bucket(bucketName);
        return bucket.Insert(
            new GcsObject
            {
                Bucket = bucketName,
                Name = name,
                Content = source.Content,

                // Without a body the source's fields come along; a body replaces them all. Holds never come along.
                Fields = body.Count == 0 ? source.Fields with { TemporaryHold = null, EventBasedHold = null } : ObjectFields.FromJson(body),
                StorageClass = StorageClass(body, bucket.StorageClass),
                ComponentCount = source.ComponentCount,
            },
            Preconditions.FromQuery(request));
    }

    private static string StorageClass(JsonObject resource, string otherwise) =>
        resource.Text("storageClass") is { } wanted ? BucketResource.RequireStorageClass(wanted) : otherwise;

    /// <summary>Numbers of 64 bits come as strings, from some clients as numbers.</summary>
    private static long? Number(JsonNode? node) => node is null ? null
        : long.TryParse(node.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw GcsError.Invalid($"Invalid value '{node}'.");
}

/// <summary>What a rewrite is of; a token is good for no other.</summary>
internal sealed record RewriteCall(string SourceBucket, string SourceName, long SourceGeneration, string Bucket, string Name, long? BytesPerCall);

/// <summary>A rewrite under way.</summary>
internal sealed class Rewrite(string token, RewriteCall call)
{
    public string Token { get; } = token;

    public RewriteCall Call { get; } = call;

    public long Done { get; set; }
}
