using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>A resource: its document as a GET shows it, and the operation that changes it.</summary>
public sealed class ArmResource(string id, JsonObject body)
{
    public string Id { get; } = id;

    public string Name => ArmText.LastOf(Id);

    public JsonObject Body { get; set; } = body;

    /// <summary>What is under way; null if nothing is.</summary>
    public ArmOperation? Pending { get; set; }

    /// <summary>Of a machine: what is not in its document.</summary>
    public ArmPower? Power { get; init; }

    public JsonObject Properties => (JsonObject)Body["properties"]!;

    public string State
    {
        get => Properties.Text("provisioningState") ?? "";
        set => Properties["provisioningState"] = value;
    }
}
