using System.Text.Json;

namespace SkyCompat.Azure;

/// <summary>Finds machines' addresses, which stand at their network interfaces and public addresses.</summary>
internal sealed class MachineAddresses(ArmClient client)
{
    private const string WithAddress = "$expand=ipConfigurations/publicIPAddress";

    /// <summary>The addresses of one machine: a request per interface.</summary>
    public async Task<MachineAddressPair> OfAsync(JsonElement machine, CancellationToken cancellationToken)
    {
        var inside = new List<string>();
        var outside = new List<string>();
        foreach (var id in InterfacesOf(machine))
        {
            var found = await client.TryGetAsync(id, ArmVersions.Network, cancellationToken, WithAddress).ConfigureAwait(false);
            Collect(found, static address => address.Text("properties", "ipAddress"), inside, outside);
        }

        return new MachineAddressPair(inside, outside);
    }

    /// <summary>The addresses of all machines of the group, by their full ids: two lists, however many there are.</summary>
    public async Task<IReadOnlyDictionary<string, MachineAddressPair>> ListAsync(CancellationToken cancellationToken)
    {
        var texts = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var address in await client.ListAllAsync(client.Scope.All(ArmTypes.Address), ArmVersions.Network, query: null, cancellationToken).ConfigureAwait(false))
        {
            texts[address.Text("id") ?? ""] = address.Text("properties", "ipAddress");
        }

        var pairs = new Dictionary<string, (List<string> Inside, List<string> Outside)>(StringComparer.OrdinalIgnoreCase);
        foreach (var found in await client.ListAllAsync(client.Scope.All(ArmTypes.Interface), ArmVersions.Network, query: null, cancellationToken).ConfigureAwait(false))
        {
            if (found.Text("properties", "virtualMachine", "id") is not { } machine)
            {
                continue;
            }

            if (!pairs.TryGetValue(machine, out var pair))
            {
                pairs[machine] = pair = ([], []);
            }

            Collect(found, address => texts.GetValueOrDefault(address.Text("id") ?? ""), pair.Inside, pair.Outside);
        }

        return pairs.ToDictionary(static pair => pair.Key, static pair => new MachineAddressPair(pair.Value.Inside, pair.Value.Outside), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The full ids of a machine's interfaces, the primary first.</summary>
    public static IEnumerable<string> InterfacesOf(JsonElement machine) =>
        machine.Items("properties", "networkProfile", "networkInterfaces")
            .OrderBy(static reference => reference.At("properties", "primary").ValueKind == JsonValueKind.False)
            .Select(static reference => reference.Text("id"))
            .OfType<string>();

    private static void Collect(JsonElement found, Func<JsonElement, string?> textOf, List<string> inside, List<string> outside)
    {
        foreach (var configuration in found.Items("properties", "ipConfigurations"))
        {
            if (configuration.Text("properties", "privateIPAddress") is { Length: > 0 } address)
            {
                inside.Add(address);
            }

            if (configuration.At("properties", "publicIPAddress") is { ValueKind: JsonValueKind.Object } reference && textOf(reference) is { Length: > 0 } text)
            {
                outside.Add(text);
            }
        }
    }
}
