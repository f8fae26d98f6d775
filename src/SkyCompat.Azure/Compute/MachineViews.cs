using System.Text.Json;

namespace SkyCompat.Azure;

/// <summary>The instance views of all machines of the subscription, which a list of a group does not give.</summary>
internal sealed class MachineViews(ArmClient client)
{
    /// <summary>Reads them.</summary>
    /// <returns>The views by the machines' full ids.</returns>
    public async Task<IReadOnlyDictionary<string, JsonElement>> ListAsync(CancellationToken cancellationToken)
    {
        var machines = await client.ListAllAsync($"{client.Scope.Subscription}/providers/{ArmTypes.Machine}", ArmVersions.Compute, "statusOnly=true", cancellationToken).ConfigureAwait(false);
        var views = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (var machine in machines)
        {
            if (machine.Text("id") is { } id)
            {
                views[id] = machine.At("properties", "instanceView");
            }
        }

        return views;
    }
}
