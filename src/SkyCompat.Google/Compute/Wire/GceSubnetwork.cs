namespace SkyCompat.Google;

/// <summary>The part of a network that is in one region.</summary>
internal sealed class GceSubnetwork
{
    public string? Name { get; set; }

    public string? Description { get; set; }

    public string? Network { get; set; }

    public string? Region { get; set; }

    public string? IpCidrRange { get; set; }
}
