using System.Globalization;

namespace SkyCompat.Compute;

/// <summary>Something that can be launched: an instance type in a place, in a market, at a price.</summary>
public sealed record Offer
{
    /// <summary>The configured cloud that makes the offer; filled by the engine.</summary>
    public string Cloud { get; init; } = "";

    /// <summary>The provider; filled by the engine.</summary>
    public CloudProvider Provider { get; init; }

    /// <summary>The region and zone.</summary>
    public required CloudLocation Location { get; init; }

    /// <summary>The provider's name of the instance type, such as <c>m5.xlarge</c>.</summary>
    public required string InstanceType { get; init; }

    /// <summary>The family of types that run on the same hardware, and run out of stock together, such as <c>m5</c>; null if the provider has none.</summary>
    public string? Family { get; init; }

    /// <summary>What shares a quota of processors with it, such as <c>Standard</c>, which on EC2 are most families; null if that is its <see cref="Family"/>.</summary>
    public string? QuotaGroup { get; init; }

    /// <summary>The market.</summary>
    public required Market Market { get; init; }

    /// <summary>What it has.</summary>
    public required MachineShape Shape { get; init; }

    /// <summary>The price of one hour, in US dollars, without disks and traffic; null if it is not known.</summary>
    public decimal? HourlyPriceUsd { get; init; }

    /// <summary>When the price was true; null without a price.</summary>
    public DateTimeOffset? PricedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Cloud}/{Location} {InstanceType} {Market} {(HourlyPriceUsd is { } price ? $"${price:0.####}/h" : "unpriced")}");
}
