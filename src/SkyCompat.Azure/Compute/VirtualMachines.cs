using System.Text.Json;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Virtual machines: made in one request with all that is theirs, and removed with it in one.</summary>
internal sealed class VirtualMachines(ArmClient client, ArmGroups groups)
{
    private const string WithView = "$expand=instanceView";

    // Up to here a look at each costs less than the lists of the whole group.
    private const int Few = 4;

    private readonly MachineAddresses _addresses = new(client);
    private readonly MachineViews _views = new(client);

    public async Task<LaunchReceipt> LaunchAsync(LaunchRequest request, string region, CancellationToken cancellationToken)
    {
        var name = request.Names[0];
        var subject = request.Offer.Market == Market.Spot ? ArmSubject.SpotInstance : ArmSubject.Instance;
        var reply = await groups.PutAsync(PathOf(name), ArmVersions.Compute, region, VirtualMachineBody.Create(request, name, region), subject, cancellationToken).ConfigureAwait(false);
        return new LaunchReceipt([name], reply.Operation);
    }

    public async Task<Instance?> TryGetAsync(string id, CancellationToken cancellationToken)
    {
        var machine = await client.TryGetAsync(PathOf(id), ArmVersions.Compute, cancellationToken, WithView, ArmSubject.Instance).ConfigureAwait(false);
        return machine.Text("id") is null
            ? null
            : VirtualMachineReader.Read(machine, machine.At("properties", "instanceView"), await _addresses.OfAsync(machine, cancellationToken).ConfigureAwait(false), client.Scope);
    }

    public async Task<DriverPage<Instance>> ListPageAsync(InstanceQuery query, string? pageToken, CancellationToken cancellationToken)
    {
        // The service filters machines by scale set only, so tags are compared here.
        var page = await client.ListPageAsync(client.Scope.All(ArmTypes.Machine), ArmVersions.Compute, query: null, pageToken, cancellationToken).ConfigureAwait(false);
        var wanted = page.Items.Where(machine => Fits(machine, query)).ToList();
        var instances = new List<Instance>(wanted.Count);
        if (wanted.Count <= Few)
        {
            foreach (var machine in wanted)
            {
                if (client.Scope.ShortId(machine.Text("id")) is { } id && await TryGetAsync(id, cancellationToken).ConfigureAwait(false) is { } instance)
                {
                    instances.Add(instance);
                }
            }
        }
        else
        {
            var views = await _views.ListAsync(cancellationToken).ConfigureAwait(false);
            var addresses = await _addresses.ListAsync(cancellationToken).ConfigureAwait(false);
            instances.AddRange(wanted.Select(machine => VirtualMachineReader.Read(
                machine, views.GetValueOrDefault(machine.Text("id") ?? ""), addresses.GetValueOrDefault(machine.Text("id") ?? "") ?? MachineAddressPair.None, client.Scope)));
        }

        return new DriverPage<Instance>(instances, page.NextLink);
    }

    public async Task<string?> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken)
    {
        var (verb, query) = action switch
        {
            InstanceAction.Start => ("/start", null),
            InstanceAction.Stop => ("/deallocate", null),
            InstanceAction.StopKeepAllocated => ("/powerOff", null),
            InstanceAction.Hibernate => ("/deallocate", "hibernate=true"),
            InstanceAction.Reboot => ("/restart", null),
            InstanceAction.Terminate => ("", default(string)),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, message: null),
        };
        var method = action == InstanceAction.Terminate ? HttpMethod.Delete : HttpMethod.Post;
        var reply = await client.SendAsync(method, PathOf(id) + verb, ArmVersions.Compute, query, body: null, ArmSubject.Instance, cancellationToken).ConfigureAwait(false);
        return reply.Operation;
    }

    private string PathOf(string id) => client.Scope.One(ArmTypes.Machine, id);

    private static bool Fits(JsonElement machine, InstanceQuery query)
    {
        if (!query.Regions.Any(region => machine.IsIn(region)))
        {
            return false;
        }

        var tags = machine.Tags();
        return query.Tags.All(tag => tags.TryGetValue(tag.Key, out var value) && value == tag.Value);
    }
}
