using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.Google;

/// <summary>Names of resources, and the ids that this library makes of them: <c>zone/name</c>, <c>region/name</c>, of disks <c>zone/disks/name</c>.</summary>
internal static class GceNames
{
    /// <summary>The longest name of a resource.</summary>
    public const int MaxLength = 63;

    /// <summary>The last segment of an address, which is the name of what it leads to.</summary>
    public static string Last(string address) => address[(address.LastIndexOf('/') + 1)..];

    /// <summary>The last segment, null for null.</summary>
    public static string? LastOf(string? address) => address is null ? null : Last(address);

    /// <summary>The region of a zone: all before its last hyphen.</summary>
    public static string RegionOf(string zone) => zone.LastIndexOf('-') is var end and > 0 ? zone[..end] : zone;

    /// <summary>Where a zone is.</summary>
    public static CloudLocation LocationOf(string zone) => new(RegionOf(zone), zone);

    /// <summary>The id of something in a zone or region.</summary>
    public static string Id(string place, string name) => $"{place}/{name}";

    /// <summary>The id of a disk, told from that of the instance of the same name.</summary>
    public static string DiskId(string zone, string name) => $"{zone}/disks/{name}";

    /// <summary>The id of the disk that an address leads to; null for anything else.</summary>
    public static string? TryDiskIdOf(string? address) => address?.Split('/') is [.., var zone, "disks", var name] ? DiskId(zone, name) : null;

    /// <summary>Takes the id of a disk apart.</summary>
    /// <returns>False if it cannot be one; nothing has it.</returns>
    public static bool TryParseDisk(string id, out string zone, out string name)
    {
        (zone, name) = id.Split('/') is [var place, "disks", var last] ? (place, last) : ("", "");
        return IsName(zone) && IsName(name);
    }

    /// <summary>The id of what an address such as <c>…/zones/z/instances/n</c> leads to; null for any other kind.</summary>
    /// <param name="address">The address.</param>
    /// <param name="collection">The kind, such as <c>instances</c>.</param>
    public static string? TryIdOf(string? address, string collection) => address?.Split('/') is [.., var place, var kind, var name] && kind == collection ? Id(place, name) : null;

    /// <summary>Takes an id apart.</summary>
    /// <returns>False if it cannot be one; nothing has it.</returns>
    public static bool TryParse(string id, out string place, out string name)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        place = slash < 0 ? "" : id[..slash];
        name = slash < 0 ? "" : id[(slash + 1)..];
        return IsName(place) && IsName(name);
    }

    /// <summary>Fails unless a text can be a region: nothing is asked of Google without one.</summary>
    public static void DemandRegion(string region)
    {
        if (!IsName(region))
        {
            throw new CloudException(
                CloudErrorCode.InvalidArgument,
                region.Length == 0 ? "Compute Engine needs a region: set Region of the cloud, such as europe-west3, or ask for one." : $"'{region}' is not a region of Compute Engine, such as europe-west3.");
        }
    }

    /// <summary>Whether a text can be the name of a resource, zone or region.</summary>
    public static bool IsName(string text) =>
        text.Length is >= 1 and <= MaxLength && char.IsAsciiLetterLower(text[0]) && text[^1] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>A name with a suffix, cut where both would be too long, and then told apart by a hash.</summary>
    public static string WithSuffix(string name, string suffix) =>
        name.Length + suffix.Length <= MaxLength ? name + suffix : $"{name.AsSpan(0, MaxLength - suffix.Length - 9)}-{Hash(name, 8)}{suffix}";

    /// <summary>Some hexadecimal digits that stand for a text.</summary>
    public static string Hash(string text, int digits) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..digits];

    /// <summary>The id of a request, a UUID that is the same for the same intent, so that a request that comes twice is carried out once.</summary>
    public static string RequestId(params ReadOnlySpan<string?> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));

        // Version 8 of RFC 9562 is for hashes of one's own choice; the variant bits are those of every UUID.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString();
    }
}
