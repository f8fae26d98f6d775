using System.Globalization;
using SkyCompat.Compute;

namespace SkyCompat.Google;

/// <summary>Writes a firewall group as rules of Compute Engine: one that keeps everything out, since default networks let some in, and one for each source that is let in.</summary>
internal static class GceFirewallRules
{
    private const string Inward = "INGRESS";
    private const int AllowPriority = 1000;

    // Before what default networks allow at 65534, such as SSH for everyone.
    private const int DenyPriority = 65000;

    /// <summary>The rules of a group in a network.</summary>
    public static IReadOnlyList<GceFirewall> Write(string name, IReadOnlyList<FirewallRule> inbound, string network, string description)
    {
        var stem = Stem(name, network);
        var rules = new List<GceFirewall> { Rule(stem, DenyPriority, FirewallRule.Everyone, network, name, description) };
        rules[0].Denied = [new GceTraffic { Protocol = "all" }];
        foreach (var (index, source) in inbound.Distinct().GroupBy(rule => rule.Source, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Index())
        {
            var rule = Rule(GceNames.WithSuffix(stem, string.Create(CultureInfo.InvariantCulture, $"-{index + 1}")), AllowPriority, source.Key, network, name, description);
            rule.Allowed =
            [
                .. source.GroupBy(one => one.Protocol).OrderBy(group => group.Key).Select(group => new GceTraffic
                {
                    Protocol = group.Key switch
                    {
                        FirewallProtocol.Udp => "udp",
                        FirewallProtocol.Icmp => "icmp",
                        _ => "tcp",
                    },
                    Ports = group.Key == FirewallProtocol.Icmp ? null : [.. group.OrderBy(one => one.FromPort).ThenBy(one => one.ToPort).Select(Ports)],
                }),
            ];
            rules.Add(rule);
        }

        return rules;
    }

    /// <summary>What a rule lets in; nothing for the one that keeps out.</summary>
    public static IEnumerable<FirewallRule> Read(GceFirewall firewall) =>
        from traffic in firewall.Allowed ?? []
        let protocol = traffic.Protocol switch
        {
            "tcp" => FirewallProtocol.Tcp,
            "udp" => FirewallProtocol.Udp,
            "icmp" => FirewallProtocol.Icmp,
            _ => (FirewallProtocol?)null,
        }
        where protocol is not null
        from source in firewall.SourceRanges ?? []
        from ports in traffic.Ports ?? [protocol == FirewallProtocol.Icmp ? "0" : "1-65535"]
        let ends = ports.Split('-')
        select new FirewallRule(protocol.Value, int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture), source);

    /// <summary>Whether a rule that is there does the same as one that should be, whoever made it.</summary>
    public static bool IsSame(GceFirewall found, GceFirewall wanted) =>
        found.Priority == wanted.Priority && found.Direction == wanted.Direction && GceNames.LastOf(found.Network) == GceNames.LastOf(wanted.Network)
        && (found.SourceRanges ?? []).SequenceEqual(wanted.SourceRanges ?? [], StringComparer.Ordinal) && (found.TargetTags ?? []).SequenceEqual(wanted.TargetTags ?? [], StringComparer.Ordinal)
        && (found.Denied is null) == (wanted.Denied is null) && Read(found).ToHashSet().SetEquals(Read(wanted));

    /// <summary>The name of a group's first rule; networks beside the default one have rules of their own.</summary>
    public static string Stem(string name, string network) =>
        network == GceDefaultNetwork.Address ? name : GceNames.WithSuffix(name, "-" + GceNames.Hash(GceNames.Last(network), 6));

    private static string Ports(FirewallRule rule) => rule.FromPort == rule.ToPort
        ? rule.FromPort.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{rule.FromPort}-{rule.ToPort}");

    private static GceFirewall Rule(string ruleName, int priority, string source, string network, string group, string description) => new()
    {
        Name = ruleName,
        Description = description,
        Network = network,
        Direction = Inward,
        Priority = priority,
        SourceRanges = [source],
        TargetTags = [group],
    };
}
