using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.Clusters;

/// <summary>A reply.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its document; null for none.</param>
public sealed record ClusterAnswer(int Status, JsonNode? Body = null)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
