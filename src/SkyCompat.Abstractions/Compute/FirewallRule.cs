using System.Globalization;

namespace SkyCompat.Compute;

/// <summary>Lets traffic in. All other traffic from outside is refused, all traffic to outside is let out.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="FromPort">The first port, 1 to 65535; 0 for ICMP.</param>
/// <param name="ToPort">The last port, at least <paramref name="FromPort"/>.</param>
/// <param name="Source">Who may send, as an address range such as <c>203.0.113.0/24</c>; <c>0.0.0.0/0</c> for everyone.</param>
public sealed record FirewallRule(FirewallProtocol Protocol, int FromPort, int ToPort, string Source = FirewallRule.Everyone)
{
    /// <summary>Every IPv4 address.</summary>
    public const string Everyone = "0.0.0.0/0";

    /// <summary>Lets one TCP port in.</summary>
    /// <param name="port">The port.</param>
    /// <param name="source">Who may send.</param>
    /// <returns>The rule.</returns>
    public static FirewallRule Tcp(int port, string source = Everyone) => new(FirewallProtocol.Tcp, port, port, source);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Protocol}:{(FromPort == ToPort ? $"{FromPort}" : $"{FromPort}-{ToPort}")} from {Source}");
}
