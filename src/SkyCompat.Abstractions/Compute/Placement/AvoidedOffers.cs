namespace SkyCompat.Compute;

/// <summary>Something that failed and is left alone for a time.</summary>
public sealed record AvoidedOffers
{
    /// <summary>The configured cloud.</summary>
    public required string Cloud { get; init; }

    /// <summary>How much of it: one kind of offer, a zone, a region or all.</summary>
    public required ErrorScope Scope { get; init; }

    /// <summary>The region; null for <see cref="ErrorScope.Cloud"/>.</summary>
    public string? Region { get; init; }

    /// <summary>The zone; null if all zones of the region are meant.</summary>
    public string? Zone { get; init; }

    /// <summary>For <see cref="ErrorScope.Offer"/>: the market.</summary>
    public Market? Market { get; init; }

    /// <summary>For <see cref="ErrorScope.Offer"/>: the instance type; larger ones of its family are avoided with it.</summary>
    public string? InstanceType { get; init; }

    /// <summary>For <see cref="ErrorScope.Offer"/>: the family, and with it every type of at least <see cref="VCpus"/>; null for the type alone.</summary>
    public string? Family { get; init; }

    /// <summary>For a <see cref="Family"/>: from how many virtual processors on.</summary>
    public int VCpus { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>What failed.</summary>
    public required CloudErrorCode Code { get; init; }

    /// <summary>Whether an offer is meant.</summary>
    /// <param name="offer">The offer.</param>
    /// <returns>True if it is.</returns>
    public bool Covers(Offer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return string.Equals(offer.Cloud, Cloud, StringComparison.OrdinalIgnoreCase) && Scope switch
        {
            ErrorScope.Cloud => true,
            ErrorScope.Region => SameRegion(offer),
            ErrorScope.Zone => SameRegion(offer) && SameZone(offer),
            ErrorScope.Offer => SameRegion(offer) && SameZone(offer) && offer.Market == Market
                && (offer.InstanceType == InstanceType || (Family is not null && offer.Family == Family && offer.Shape.VCpus >= VCpus)),
            _ => false,
        };
    }

    private bool SameRegion(Offer offer) => offer.Location.Region == Region;

    private bool SameZone(Offer offer) => Zone is null || offer.Location.Zone is null || offer.Location.Zone == Zone;
}
