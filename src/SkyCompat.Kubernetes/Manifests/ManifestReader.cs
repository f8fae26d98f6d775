using SkyCompat.Drivers;
using SkyCompat.Workloads;

namespace SkyCompat.Kubernetes;

/// <summary>Reads manifests: every object is known to the cluster, or nothing is applied.</summary>
internal sealed class ManifestReader(ApiDiscovery discovery)
{
    public async Task<IReadOnlyList<ManifestObject>> ReadAsync(string namespaceName, string text, CancellationToken cancellationToken)
    {
        var found = new List<JsonObject>();
        try
        {
            foreach (var document in YamlDocuments.Read(text))
            {
                Collect(document, found);
            }
        }
        catch (FormatException exception)
        {
            throw Bad(exception.Message, exception);
        }

        if (found.Count == 0)
        {
            throw Bad("there is no object in it.");
        }

        var items = new List<ManifestObject>(found.Count);
        foreach (var item in found)
        {
            items.Add(await ResolveAsync(item, namespaceName, cancellationToken).ConfigureAwait(false));
        }

        return items;
    }

    private static void Collect(JsonNode document, List<JsonObject> found)
    {
        if (document is not JsonObject item)
        {
            throw Bad("a document is no object.");
        }

        if (item.Text("kind") is { } kind && kind.EndsWith("List", StringComparison.Ordinal) && item["items"] is JsonArray items)
        {
            foreach (var inner in items)
            {
                Collect(inner ?? throw Bad("an item of a list is empty."), found);
            }

            return;
        }

        found.Add(item);
    }

    private static CloudException Bad(string what, Exception? cause = null) =>
        new(CloudErrorCode.InvalidArgument, $"The text is not a manifest: {what}", cause) { Reason = WorkloadErrorReasons.BadManifest };

    private async Task<ManifestObject> ResolveAsync(JsonObject item, string namespaceName, CancellationToken cancellationToken)
    {
        var version = item.Text("apiVersion") ?? throw Bad("an object has no apiVersion.");
        var kind = item.Text("kind") ?? throw Bad($"an object of {version} has no kind.");
        if (item["metadata"] is not JsonObject metadata || metadata.Text("name") is not { Length: > 0 } name)
        {
            throw Bad($"a {kind} has no name in its metadata.");
        }

        if (version.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('/' or '.' or '-')) || version.Count(c => c == '/') > 1)
        {
            throw Bad($"the apiVersion of {kind} {name} cannot be one.");
        }

        var found = await discovery.GetAsync(kind, [version], cancellationToken).ConfigureAwait(false);
        var place = found.IsNamespaced ? metadata.Text("namespace") ?? namespaceName : null;
        if (place is not null)
        {
            metadata["namespace"] = place;
        }

        // Fields that only a server sets come with what was read from one, and cannot be applied.
        metadata.Remove("managedFields");
        metadata.Remove("resourceVersion");
        metadata.Remove("uid");
        item.Remove("status");
        return new ManifestObject(version, kind, place, name, found.PathOf(place, name), item.ToJsonString());
    }
}
