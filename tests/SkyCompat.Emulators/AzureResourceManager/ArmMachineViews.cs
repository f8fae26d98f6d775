using System.Globalization;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>Machines as requests show them.</summary>
internal static class ArmMachineViews
{
    public static JsonObject Show(ArmResource machine, bool withView)
    {
        var shown = (JsonObject)machine.Body.DeepClone();
        if (withView)
        {
            shown["properties"]!["instanceView"] = View(machine);
        }

        return shown;
    }

    /// <summary>What a list of states shows.</summary>
    public static JsonObject Status(ArmResource machine) => new()
    {
        ["name"] = machine.Name,
        // As the service does: the group in capitals.
        ["id"] = WithLoudGroup(machine.Id),
        ["type"] = "Microsoft.Compute/virtualMachines",
        ["location"] = machine.Body.Text("location"),
        ["properties"] = new JsonObject { ["provisioningState"] = machine.State, ["instanceView"] = View(machine) },
    };

    public static JsonObject View(ArmResource machine)
    {
        var power = machine.Power!;
        var statuses = new JsonArray();
        var state = machine.State.ToLowerInvariant();
        if (power.Failure is { } failure && state == "failed")
        {
            statuses.Add(new JsonObject { ["code"] = $"ProvisioningState/failed/{failure.Code}", ["level"] = "Error", ["displayStatus"] = "Provisioning failed", ["message"] = failure.Message });
        }
        else
        {
            statuses.Add(new JsonObject { ["code"] = $"ProvisioningState/{state}", ["level"] = "Info", ["displayStatus"] = state == "succeeded" ? "Provisioning succeeded" : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(state) });
        }

        if (power.State is { } given)
        {
            statuses.Add(new JsonObject { ["code"] = $"PowerState/{given}", ["level"] = "Info", ["displayStatus"] = $"VM {given}" });
        }

        if (power.IsHibernated)
        {
            statuses.Add(new JsonObject { ["code"] = "HibernationState/Hibernated", ["level"] = "Info", ["displayStatus"] = "VM hibernated" });
        }

        if (power.WasEvicted)
        {
            statuses[0]!["message"] = "The VM was deallocated by a spot eviction.";
        }

        return new JsonObject { ["computerName"] = machine.Name, ["hyperVGeneration"] = "V2", ["statuses"] = statuses };
    }

    private static string WithLoudGroup(string id)
    {
        var parts = id.Split('/');
        parts[4] = parts[4].ToUpperInvariant();
        return string.Join('/', parts);
    }
}
