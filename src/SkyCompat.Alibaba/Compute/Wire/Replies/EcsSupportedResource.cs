namespace SkyCompat.Alibaba;

/// <summary>Something that is or is not in stock.</summary>
internal sealed record EcsSupportedResource
{
    public string Value { get; init; } = "";

    public string? Status { get; init; }

    public string? StatusCategory { get; init; }

    /// <summary>Whether it can be had now, as far as the provider foresees.</summary>
    public bool IsInStock => Status == "Available" && StatusCategory is "WithStock" or "ClosedWithStock" or null;
}
