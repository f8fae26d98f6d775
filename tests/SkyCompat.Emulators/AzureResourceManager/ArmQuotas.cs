using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>Limits of cores and machines in each region, and Azure's three ways to say that one is reached.</summary>
public sealed class ArmQuotas(ArmStore store, ArmCatalog catalog)
{
    private const string Help = "Submit a request for Quota increase at https://aka.ms/ProdportalCRP/ by specifying parameters listed in the ‘Details’ section for deployment to succeed.";

    private readonly Dictionary<string, int> _limits = new(StringComparer.OrdinalIgnoreCase) { ["cores"] = 100, ["lowPriorityCores"] = 100, ["virtualMachines"] = 25_000 };

    /// <summary>Sets a limit: a family, <c>cores</c>, <c>lowPriorityCores</c> or <c>virtualMachines</c>.</summary>
    public void Set(string name, int limit) => _limits[name] = limit;

    internal JsonArray List(string location)
    {
        var usages = new JsonArray();
        foreach (var (name, shown) in new[] { ("cores", "Total Regional vCPUs"), ("lowPriorityCores", "Total Regional Low-priority vCPUs"), ("virtualMachines", "Virtual Machines") })
        {
            usages.Add(Usage(name, shown, Used(location, name)));
        }

        foreach (var family in catalog.Sizes.Select(size => size.Family).Distinct(StringComparer.Ordinal))
        {
            // As the service does for some.
            usages.Add(Usage(family.StartsWith("standardD", StringComparison.Ordinal) ? family + " " : family, $"{family} vCPUs", Used(location, family)));
        }

        return usages;
    }

    internal void Check(string location, ArmSize size, bool isSpot)
    {
        if (isSpot)
        {
            Check(location, "lowPriorityCores", "LowPriorityCores", size.Cores);
        }
        else
        {
            Check(location, "cores", "Total Regional Cores", size.Cores);
            Check(location, size.Family, $"{size.Family} Cores", size.Cores);
        }
    }

    private void Check(string location, string name, string shown, int needed)
    {
        var (limit, used) = (Limit(name), Used(location, name));
        if (used + needed > limit)
        {
            throw new ArmErrorException(
                409,
                "OperationNotAllowed",
                $"Operation could not be completed as it results in exceeding approved {shown} quota. Additional details - Deployment Model: Resource Manager, Location: {location}, Current Limit: {limit}, Current Usage: {used}, Additional Required: {needed}, (Minimum) New Limit Required: {used + needed}. {Help}");
        }
    }

    private int Limit(string name) => _limits.GetValueOrDefault(name, 100);

    private int Used(string location, string name)
    {
        var used = 0;
        foreach (var machine in store.Matching("/virtualMachines/"))
        {
            if (machine.Power is not { } power || power.State == "deallocated" || machine.Body.Text("location") != location || catalog.Find(machine.Body.Text("properties", "hardwareProfile", "vmSize")) is not { } size)
            {
                continue;
            }

            var isSpot = machine.Properties.Text("priority") == "Spot";
            used += name switch
            {
                "virtualMachines" => 1,
                "lowPriorityCores" => isSpot ? size.Cores : 0,
                "cores" => isSpot ? 0 : size.Cores,
                _ => !isSpot && size.Family == name ? size.Cores : 0,
            };
        }

        return used;
    }

    private JsonObject Usage(string name, string shown, int used) => new()
    {
        ["unit"] = "Count",
        ["currentValue"] = used,
        ["limit"] = Limit(name.Trim()),
        ["name"] = new JsonObject { ["value"] = name, ["localizedValue"] = shown },
    };
}
