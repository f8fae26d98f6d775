using System.Globalization;
using System.Net;

namespace SkyCompat.Alibaba;

/// <summary>A range of IPv4 addresses.</summary>
/// <param name="First">The first address.</param>
/// <param name="Bits">How many bits are fixed.</param>
internal readonly record struct Ipv4Range(uint First, int Bits)
{
    /// <summary>How many bits tell the zones apart: 16 subnets fit in a network.</summary>
    private const int ZoneBits = 4;

    private uint Last => First + (uint)((1UL << (32 - Bits)) - 1);

    public static Ipv4Range? TryParse(string? text) =>
        IPNetwork.TryParse(text, out var network) && network.BaseAddress.GetAddressBytes() is [var a, var b, var c, var d]
            ? new Ipv4Range(((uint)a << 24) | ((uint)b << 16) | ((uint)c << 8) | d, network.PrefixLength)
            : null;

    public bool Overlaps(Ipv4Range other) => First <= other.Last && other.First <= Last;

    /// <summary>A sixteenth of the range that nobody has.</summary>
    /// <param name="zone">The zone, whose last letter says which sixteenth is looked at first, so that several processes agree.</param>
    /// <param name="taken">What others have.</param>
    /// <returns>The part; null if none is left.</returns>
    public Ipv4Range? FindPart(string zone, IReadOnlyCollection<Ipv4Range> taken)
    {
        const int Parts = 1 << ZoneBits;
        var bits = Bits + ZoneBits;
        var start = zone.Length > 0 && char.IsAsciiLetterLower(zone[^1]) ? zone[^1] - 'a' : 0;
        for (var i = 0; i < Parts; i++)
        {
            var part = new Ipv4Range(First + ((uint)((start + i) % Parts) << (32 - bits)), bits);
            if (!taken.Any(part.Overlaps))
            {
                return part;
            }
        }

        return null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First >> 24}.{(First >> 16) & 255}.{(First >> 8) & 255}.{First & 255}/{Bits}");
}
