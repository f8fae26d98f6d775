using System.Globalization;
using SkyCompat.Compute;

namespace SkyCompat.Alibaba;

/// <summary>Translates rules: ECS spells protocols, ports and sources each its own way.</summary>
internal static class EcsPermissions
{
    private const string AllIcmp = "-1/-1";

    /// <summary>Adds rules to a call that lets them in.</summary>
    public static RpcCall Write(RpcCall call, IEnumerable<FirewallRule> rules)
    {
        var number = 0;
        foreach (var rule in rules)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Permissions.{++number}.");
            call.With(name + "Policy", "accept").With(name + "Priority", "1").With(name + "NicType", "intranet")
                .With(name + "IpProtocol", ProtocolName(rule.Protocol)).With(name + "PortRange", Ports(rule)).With(name + "SourceCidrIp", rule.Source);
        }

        return call;
    }

    /// <summary>The rule of a permission; null if it is none of this library's making.</summary>
    public static FirewallRule? TryRead(EcsPermission permission)
    {
        if (!string.Equals(permission.Policy, "accept", StringComparison.OrdinalIgnoreCase) || string.IsNullOrEmpty(permission.SourceCidrIp) || ProtocolOf(permission.IpProtocol) is not { } protocol)
        {
            return null;
        }

        if (protocol == FirewallProtocol.Icmp)
        {
            return new FirewallRule(protocol, 0, 0, permission.SourceCidrIp);
        }

        return permission.PortRange?.Split('/') is [var from, var to] && Port(from) is { } first && Port(to) is { } last ? new FirewallRule(protocol, first, last, permission.SourceCidrIp) : null;
    }

    /// <summary>A rule as it comes back: ports of ICMP do not count.</summary>
    public static FirewallRule Normalize(FirewallRule rule) => rule.Protocol == FirewallProtocol.Icmp ? rule with { FromPort = 0, ToPort = 0 } : rule;

    private static string Ports(FirewallRule rule) => rule.Protocol == FirewallProtocol.Icmp ? AllIcmp : string.Create(CultureInfo.InvariantCulture, $"{rule.FromPort}/{rule.ToPort}");

    private static string ProtocolName(FirewallProtocol protocol) => protocol switch { FirewallProtocol.Udp => "UDP", FirewallProtocol.Icmp => "ICMP", _ => "TCP" };

    private static FirewallProtocol? ProtocolOf(string? name) => name?.ToUpperInvariant() switch
    {
        "TCP" => FirewallProtocol.Tcp,
        "UDP" => FirewallProtocol.Udp,
        "ICMP" => FirewallProtocol.Icmp,
        _ => null,
    };

    private static int? Port(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}
