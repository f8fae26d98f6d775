using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>Operations: each look shows the state and then carries it on; waiting carries it to its end.</summary>
internal sealed class OperationCalls(GceWorld world)
{
    public JsonObject Get(string place, string name)
    {
        var operation = world.Get($"{place}/operations", name);
        var shown = GceWorld.Copy(operation);
        world.Carry(operation, toEnd: false);
        return shown;
    }

    public JsonObject Wait(string place, string name)
    {
        var operation = world.Get($"{place}/operations", name);
        world.Carry(operation, toEnd: true);
        return GceWorld.Copy(operation);
    }

    public JsonObject List(GceCall call, string place) => GceLists.Page(call, "compute#operationList", $"projects/{world.Project}/{place}/operations", world.All($"{place}/operations"));

    public JsonObject Delete(string place, string name)
    {
        world.Get($"{place}/operations", name);
        world.Remove($"{place}/operations", name);
        return [];
    }
}
