using System.Text.Json;
using SkyCompat.Compute;

namespace SkyCompat.Azure;

/// <summary>Interfaces and addresses that were made with a machine and outlived it, as when its making was cut off. They carry no tags, so their names tell whose they are.</summary>
internal sealed class Leftovers(ArmClient client)
{
    private const string InterfaceKind = "network-interface";
    private const string AddressKind = "address";

    public async Task<IReadOnlyList<OwnedResource>> ListAsync(string owner, string region, CancellationToken cancellationToken)
    {
        var mark = OwnerMark.Of(owner);
        var found = new List<OwnedResource>();
        var interfaces = await FindAsync(ArmTypes.Interface, InterfaceKind, "virtualMachine", mark, region, cancellationToken).ConfigureAwait(false);
        var addresses = await FindAsync(ArmTypes.Address, AddressKind, "ipConfiguration", mark, region, cancellationToken).ConfigureAwait(false);
        if (interfaces.Count + addresses.Count > 0)
        {
            // An interface that is being made has no machine yet, and the machine is there all the same.
            var machines = await client.ListAllAsync(client.Scope.All(ArmTypes.Machine), ArmVersions.Compute, query: null, cancellationToken).ConfigureAwait(false);
            var names = machines.Select(static machine => machine.Text("name") ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
            found.AddRange(interfaces.Concat(addresses).Select(resource => resource with { InUse = resource.InUse || names.Contains(MachineOf(resource.Id, mark)) }));
        }

        return found;
    }

    public Task DeleteAsync(OwnedResource resource, CancellationToken cancellationToken) =>
        client.DeleteAsync(client.Scope.One(resource.Kind == InterfaceKind ? ArmTypes.Interface : ArmTypes.Address, resource.Id), ArmVersions.Network, cancellationToken);

    private async Task<IReadOnlyList<OwnedResource>> FindAsync(string type, string kind, string user, string mark, string region, CancellationToken cancellationToken)
    {
        var all = await client.ListAllAsync(client.Scope.All(type), ArmVersions.Network, query: null, cancellationToken).ConfigureAwait(false);
        return [.. all
            .Where(resource => resource.IsIn(region) && !resource.IsBeingDeleted() && resource.Text("name")?.Contains(mark, StringComparison.Ordinal) == true)
            .Select(resource => new OwnedResource(kind, client.Scope.ShortId(resource.Text("id"))!, new CloudLocation(Regions.Normalize(region)))
            {
                InUse = resource.At("properties", user).ValueKind == JsonValueKind.Object,
            })];
    }

    /// <summary>The machine that a name was made for: what stands before <c>-nic</c> or <c>-ip</c> and the mark.</summary>
    private static string MachineOf(string id, string mark)
    {
        var name = id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var own = name[..name.IndexOf(mark, StringComparison.Ordinal)];
        return own[..Math.Max(own.LastIndexOf('-'), 0)];
    }
}
