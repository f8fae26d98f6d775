using System.Runtime.CompilerServices;
using System.Text.Json;
using SkyCompat.Drivers;
using SkyCompat.Workloads;

namespace SkyCompat.Kubernetes;

/// <summary>Reads the lines of a watch until the connection ends.</summary>
internal static class PodWatch
{
    public static async IAsyncEnumerable<PodNotice> ReadAsync(HttpResponseMessage reply, [EnumeratorCancellation] CancellationToken cancellationToken = default)
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

            var version = item.Text("metadata", "resourceVersion") ?? "";
            switch (line.Text("type"))
            {
                case "ADDED":
                    yield return new PodNotice(PodChangeKind.Added, PodReader.Read(item), version);
                    break;
                case "MODIFIED":
                    yield return new PodNotice(PodChangeKind.Modified, PodReader.Read(item), version);
                    break;
                case "DELETED":
                    yield return new PodNotice(PodChangeKind.Deleted, PodReader.Read(item), version);
                    break;
                case "BOOKMARK":
                    yield return new PodNotice(null, null, version);
                    break;
                default:
                    throw KubernetesErrors.OfStatus(item);
            }
        }
    }
}
