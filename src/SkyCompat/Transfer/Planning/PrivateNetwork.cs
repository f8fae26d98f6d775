using System.Net;
using System.Net.Sockets;

namespace SkyCompat.Transfer.Planning;

/// <summary>Tells hosts that only their own network can reach.</summary>
internal static class PrivateNetwork
{
    /// <summary>Whether a host is on a private network, by its name or address alone.</summary>
    /// <param name="host">A name, or an address without brackets.</param>
    public static bool Holds(string host)
    {
        if (!IPAddress.TryParse(host, out var address))
        {
            // A name without a dot is one of the local network's.
            return !host.Contains('.', StringComparison.Ordinal);
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(address)
            || (address.AddressFamily is AddressFamily.InterNetworkV6 ? address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal : IsPrivateV4(address));
    }

    /// <summary>RFC 1918 and RFC 3927.</summary>
    private static bool IsPrivateV4(IPAddress address) =>
        address.GetAddressBytes() is [10, ..] or [192, 168, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..];
}
