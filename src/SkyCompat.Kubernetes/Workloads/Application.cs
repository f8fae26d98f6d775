using SkyCompat.Drivers;
using SkyCompat.Workloads;

namespace SkyCompat.Kubernetes;

/// <summary>Applies objects server-side and says what that changed.</summary>
internal sealed class Application(ApiServer api)
{
    private const int MaxLooks = 5;
    private const string Patch = "application/apply-patch+yaml";

    /// <summary>What changes without the object being another.</summary>
    private static readonly string[] Volatile = ["managedFields", "resourceVersion", "generation"];

    public async Task<AppliedObject> ApplyAsync(ManifestObject item, ApplyOptions options, CancellationToken cancellationToken)
    {
        var query = $"?fieldManager={WorkloadLabels.Manager}&force={(options.Force ? "true" : "false")}";
        JsonObject? before;
        for (var look = 1; ; look++)
        {
            before = await api.TryGetAsync(item.Path, cancellationToken).ConfigureAwait(false);
            if (before is null)
            {
                break;
            }

            // Servers before 1.21 note the time of an apply that changes nothing, and so change the object: they are asked first what would be.
            var trial = await api.SendAsync(HttpMethod.Patch, item.Path + query + "&dryRun=All", item.Json, Patch, cancellationToken).ConfigureAwait(false);
            if (look < MaxLooks && VersionOf(trial) != VersionOf(before))
            {
                // Somebody else, such as a controller, changed it between the two requests.
                continue;
            }

            var isSame = JsonNode.DeepEquals(Essence(before), Essence(trial)) && OwnedFields(before) == OwnedFields(trial);
            if (isSame || options.DryRun)
            {
                return Result(item, isSame ? ApplyOutcome.Unchanged : ApplyOutcome.Configured, before);
            }

            break;
        }

        var after = await api.SendAsync(HttpMethod.Patch, item.Path + query + (options.DryRun ? "&dryRun=All" : ""), item.Json, Patch, cancellationToken).ConfigureAwait(false);
        var outcome = before is null ? ApplyOutcome.Created : VersionOf(before) == VersionOf(after) ? ApplyOutcome.Unchanged : ApplyOutcome.Configured;
        return Result(item, outcome, after);
    }

    private static AppliedObject Result(ManifestObject item, ApplyOutcome outcome, JsonObject now) =>
        new(item.ApiVersion, item.Kind, item.Namespace, item.Name, outcome, VersionOf(now));

    private static string? VersionOf(JsonObject item) => item.Text("metadata", "resourceVersion");

    private static JsonObject Essence(JsonObject item)
    {
        var copy = (JsonObject)item.DeepClone();
        copy.Remove("status");
        foreach (var name in Volatile)
        {
            (copy["metadata"] as JsonObject)?.Remove(name);
        }

        return copy;
    }

    /// <summary>The fields that are this library's: with one left out that another manager set as well, the object stays and only this changes.</summary>
    private static string? OwnedFields(JsonObject item) =>
        item.Items("metadata", "managedFields").FirstOrDefault(entry => entry.Text("manager") == WorkloadLabels.Manager && entry.Text("operation") == "Apply")?["fieldsV1"]?.ToJsonString();
}
