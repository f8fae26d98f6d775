using System.Runtime.CompilerServices;
using System.Text.Json;
using SkyCompat.Drivers;
using SkyCompat.Workloads;

namespace SkyCompat.Kubernetes;

/// <summary>Reads the lines of a watch until the connection ends.</summary>
internal static class WatchReader
{
    private const string Bookmark = "BOOKMARK";

    public static async IAsyncEnumerable<PodNotice> ReadPodsAsync(HttpResponseMessage reply, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var (type, item) in ReadAsync(reply, cancellationToken).ConfigureAwait(false))
        {
            var version = item.Text("metadata", "resourceVersion") ?? "";
            yield return type == Bookmark ? new PodNotice(null, null, version)
                : new PodNotice(type switch { "ADDED" => PodChangeKind.Added, "DELETED" => PodChangeKind.Deleted, _ => PodChangeKind.Modified }, PodReader.Read(item), version);
        }
    }

    public static async IAsyncEnumerable<WorkloadStatus?> ReadStatusAsync(HttpResponseMessage reply, string kind, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var (type, item) in ReadAsync(reply, cancellationToken).ConfigureAwait(false))
        {
            if (type != Bookmark)
            {
                yield return type == "DELETED" ? null : StatusReader.Read(item, kind);
            }
        }
    }

    private static async IAsyncEnumerable<(string Type, JsonObject Item)> ReadAsync(HttpResponseMessage reply, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var owned = reply;
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (true)
        {
            JsonObject? line;
            try
            {
                // A line that broke off in its middle is read again from the version before it.
                line = await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } text ? JsonNode.Parse(text) as JsonObject : null;
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException or JsonException)
            {
                yield break;
            }

            if (line?["object"] is not JsonObject item)
            {
                yield break;
            }

            yield return line.Text("type") is "ADDED" or "MODIFIED" or "DELETED" or Bookmark ? (line.Text("type")!, item) : throw KubernetesErrors.OfStatus(item);
        }
    }
}
