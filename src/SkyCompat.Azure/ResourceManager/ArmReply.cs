using System.Text.Json;

namespace SkyCompat.Azure;

/// <summary>A reply of Azure Resource Manager that is no error.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The document; undefined if there was none.</param>
internal sealed record ArmReply(int Status, JsonElement Body)
{
    /// <summary>Where to look how a long-running operation goes on; null if it is done.</summary>
    public string? Operation { get; init; }
}
