using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>A refusal, in Azure's words.</summary>
public sealed class ArmErrorException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public JsonObject ToJson() => new() { ["error"] = new JsonObject { ["code"] = Code, ["message"] = Message } };

    internal static ArmErrorException NotFound(string path, string group) => new(
        404, "ResourceNotFound", $"The Resource '{path[(path.IndexOf("/providers/", StringComparison.OrdinalIgnoreCase) + 11)..]}' under resource group '{group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
}
