namespace SkyCompat.Compute;

/// <summary>What a firewall rule is about.</summary>
public enum FirewallProtocol
{
    /// <summary>TCP.</summary>
    Tcp = 0,

    /// <summary>UDP.</summary>
    Udp,

    /// <summary>ICMP; ports do not count.</summary>
    Icmp,
}
