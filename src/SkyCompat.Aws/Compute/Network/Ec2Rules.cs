using System.Net;
using Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>Firewall rules as EC2 has them: permissions, each with several sources.</summary>
internal static class Ec2Rules
{
    private const int AllPorts = -1;

    /// <summary>The rule as EC2 keeps it: bits of the source behind its prefix are zero.</summary>
    public static FirewallRule Normalize(FirewallRule rule) => rule with { Source = IPNetwork.Parse(rule.Source).ToString() };

    public static IpPermission ToPermission(FirewallRule rule)
    {
        var isV6 = rule.Source.Contains(':', StringComparison.Ordinal);
        var permission = new IpPermission
        {
            IpProtocol = rule.Protocol switch
            {
                FirewallProtocol.Tcp => "tcp",
                FirewallProtocol.Udp => "udp",
                _ => isV6 ? "icmpv6" : "icmp",
            },
            FromPort = rule.Protocol == FirewallProtocol.Icmp ? AllPorts : rule.FromPort,
            ToPort = rule.Protocol == FirewallProtocol.Icmp ? AllPorts : rule.ToPort,
        };
        if (isV6)
        {
            permission.Ipv6Ranges = [new Ipv6Range { CidrIpv6 = rule.Source }];
        }
        else
        {
            permission.Ipv4Ranges = [new IpRange { CidrIp = rule.Source }];
        }

        return permission;
    }

    /// <summary>A permission as one permission per source, each with the rule it is; a null rule where there is none in portable form.</summary>
    public static IEnumerable<(FirewallRule? Rule, IpPermission Permission)> Split(IpPermission permission)
    {
        foreach (var range in permission.Ipv4Ranges ?? [])
        {
            yield return (ToRule(permission, range.CidrIp), Alone(permission, one => one.Ipv4Ranges = [new IpRange { CidrIp = range.CidrIp }]));
        }

        foreach (var range in permission.Ipv6Ranges ?? [])
        {
            yield return (ToRule(permission, range.CidrIpv6), Alone(permission, one => one.Ipv6Ranges = [new Ipv6Range { CidrIpv6 = range.CidrIpv6 }]));
        }

        foreach (var group in permission.UserIdGroupPairs ?? [])
        {
            yield return (null, Alone(permission, one => one.UserIdGroupPairs = [new UserIdGroupPair { GroupId = group.GroupId, UserId = group.UserId }]));
        }

        foreach (var list in permission.PrefixListIds ?? [])
        {
            yield return (null, Alone(permission, one => one.PrefixListIds = [new PrefixListId { Id = list.Id }]));
        }
    }

    private static FirewallRule? ToRule(IpPermission permission, string source) => permission.IpProtocol switch
    {
        "tcp" => new FirewallRule(FirewallProtocol.Tcp, permission.FromPort ?? 0, permission.ToPort ?? 0, source),
        "udp" => new FirewallRule(FirewallProtocol.Udp, permission.FromPort ?? 0, permission.ToPort ?? 0, source),
        "icmp" or "icmpv6" when permission.FromPort is AllPorts or null => new FirewallRule(FirewallProtocol.Icmp, 0, 0, source),
        _ => null,
    };

    private static IpPermission Alone(IpPermission permission, Action<IpPermission> set)
    {
        var one = new IpPermission { IpProtocol = permission.IpProtocol, FromPort = permission.FromPort, ToPort = permission.ToPort };
        set(one);
        return one;
    }
}
