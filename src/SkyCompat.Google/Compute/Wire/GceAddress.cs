namespace SkyCompat.Google;

/// <summary>A reserved address.</summary>
internal sealed class GceAddress
{
    public string? Name { get; set; }

    public string? Address { get; set; }

    public string? AddressType { get; set; }

    public string? Region { get; set; }

    public string? Status { get; set; }

    public List<string>? Users { get; set; }

    public Dictionary<string, string>? Labels { get; set; }
}
