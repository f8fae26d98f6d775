using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Network security groups. Their own default rules refuse what comes from outside and let out what goes there.</summary>
internal sealed class AzureFirewallDriver(ArmClient client, ArmGroups groups) : FirewallDriver
{
    private const int FirstPriority = 100;
    private const int PriorityStep = 10;

    public override async Task<FirewallGroup> EnsureAsync(
        string name, IReadOnlyList<FirewallRule> inbound, string region, string? subnetId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        // Looked at first, so that a group that machines use is not changed without need.
        var found = await client.TryGetAsync(PathOf(name), ArmVersions.Network, cancellationToken).ConfigureAwait(false);
        if (found.Text("id") is not null && ReadRules(found).SequenceEqual(inbound))
        {
            return Read(found.Ready());
        }

        var rules = new JsonArray();
        for (var i = 0; i < inbound.Count; i++)
        {
            rules.Add((JsonNode)WriteRule(inbound[i], i));
        }

        var body = new JsonObject
        {
            ["location"] = Regions.Normalize(region),
            ["tags"] = ArmJson.Write(tags),
            ["properties"] = new JsonObject { ["securityRules"] = rules },
        };
        return Read((await groups.PutAsync(PathOf(name), ArmVersions.Network, region, body, ArmSubject.Resource, cancellationToken).ConfigureAwait(false)).Body.Ready());
    }

    public override async Task<DriverPage<FirewallGroup>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var page = await client.ListPageAsync(client.Scope.All(ArmTypes.Firewall), ArmVersions.Network, query: null, pageToken, cancellationToken).ConfigureAwait(false);
        return new DriverPage<FirewallGroup>([.. page.Items.Where(group => group.IsThereIn(region)).Select(Read)], page.NextLink);
    }

    public override Task DeleteAsync(string name, string region, CancellationToken cancellationToken) =>
        client.DeleteAsync(PathOf(name), ArmVersions.Network, cancellationToken);

    private string PathOf(string name) => client.Scope.One(ArmTypes.Firewall, name);

    private static JsonObject WriteRule(FirewallRule rule, int index) => new()
    {
        ["name"] = string.Create(CultureInfo.InvariantCulture, $"skycompat-{index}"),
        ["properties"] = new JsonObject
        {
            ["protocol"] = rule.Protocol switch { FirewallProtocol.Udp => "Udp", FirewallProtocol.Icmp => "Icmp", _ => "Tcp" },
            ["access"] = "Allow",
            ["direction"] = "Inbound",
            ["priority"] = FirstPriority + (index * PriorityStep),
            ["sourceAddressPrefix"] = rule.Source,
            ["sourcePortRange"] = "*",
            ["destinationAddressPrefix"] = "*",
            ["destinationPortRange"] = rule.Protocol == FirewallProtocol.Icmp ? "*"
                : rule.FromPort == rule.ToPort ? rule.FromPort.ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{rule.FromPort}-{rule.ToPort}"),
        },
    };

    private static FirewallGroup Read(JsonElement group) => new(group.Text("id") ?? "", group.Text("name") ?? "", [.. ReadRules(group)])
    {
        Region = group.Text("location") is { } region ? Regions.Normalize(region) : null,
        Tags = group.Tags(),
    };

    private static IEnumerable<FirewallRule> ReadRules(JsonElement group) => group.Items("properties", "securityRules")
        .Select(static rule => rule.At("properties"))
        .Where(static rule => rule.Text("direction") == "Inbound" && rule.Text("access") == "Allow")
        .OrderBy(static rule => rule.Number("priority"))
        .Select(ReadRule)
        .OfType<FirewallRule>();

    /// <summary>A rule; null for one that the portable form cannot say, which then differs from whatever is wanted.</summary>
    private static FirewallRule? ReadRule(JsonElement rule)
    {
        var protocol = rule.Text("protocol") switch { "Tcp" => FirewallProtocol.Tcp, "Udp" => FirewallProtocol.Udp, "Icmp" => FirewallProtocol.Icmp, _ => default(FirewallProtocol?) };
        var source = rule.Text("sourceAddressPrefix") is "*" or "Internet" ? FirewallRule.Everyone : rule.Text("sourceAddressPrefix");
        if (protocol is null || source is null)
        {
            return null;
        }

        if (protocol == FirewallProtocol.Icmp)
        {
            return new FirewallRule(FirewallProtocol.Icmp, 0, 0, source);
        }

        var ports = (rule.Text("destinationPortRange") ?? "").Split('-');
        return int.TryParse(ports[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from) && int.TryParse(ports[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            ? new FirewallRule(protocol.Value, from, to, source)
            : null;
    }
}
