namespace SkyCompat.Google;

/// <summary>A network. It is in all regions.</summary>
internal sealed class GceNetwork
{
    public string? Name { get; set; }

    public string? Description { get; set; }

    public string? SelfLink { get; set; }

    public bool? AutoCreateSubnetworks { get; set; }

    public List<string>? Subnetworks { get; set; }
}
