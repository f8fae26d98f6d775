using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>A reply.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The document; null for none.</param>
internal sealed record ArmAnswer(int Status, JsonNode? Body = null)
{
    /// <summary>The operation that the reply names; null for none.</summary>
    public ArmOperation? Operation { get; init; }

    /// <summary>Whether Location names it too, or only.</summary>
    public bool HasLocation { get; init; }

    public bool HasAsyncOperation { get; init; } = true;

    /// <summary>A body that is no document.</summary>
    public string? Text { get; init; }
}
