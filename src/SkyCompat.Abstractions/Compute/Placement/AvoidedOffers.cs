namespace SkyCompat.Compute;

/// <summary>Something that failed and is left alone for a time.</summary>
public sealed record AvoidedOffers
{
    /// <summary>The configured cloud.</summary>
    public required string Cloud { get; init; }

    /// <summary>How much of it: from one kind of offer to all.</summary>
    public required ErrorScope Scope { get; init; }

    /// <summary>The region; null for <see cref="ErrorScope.Cloud"/>.</summary>
    public string? Region { get; init; }

    /// <summary>For <see cref="ErrorScope.Offer"/> and <see cref="ErrorScope.Zone"/>: the zone; null if the offer named none.</summary>
    public string? Zone { get; init; }

    /// <summary>For scopes of offers and for <see cref="ErrorScope.Market"/>: the market.</summary>
    public Market? Market { get; init; }

    /// <summary>For scopes of offers: the instance type.</summary>
    public string? InstanceType { get; init; }

    /// <summary>For <see cref="ErrorScope.Offer"/> and <see cref="ErrorScope.OfferInRegion"/>: the family, and with it every type of at least <see cref="VCpus"/>, which needs more of the
    /// same; null for the type alone.</summary>
    public string? Family { get; init; }

    /// <summary>For <see cref="ErrorScope.QuotaGroup"/>: the group, and with it every type of at least <see cref="VCpus"/>; null for the type alone.</summary>
    public string? QuotaGroup { get; init; }

    /// <summary>For a <see cref="Family"/> or <see cref="QuotaGroup"/>: from how many virtual processors on.</summary>
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
        return string.Equals(offer.Cloud, Cloud, StringComparison.OrdinalIgnoreCase) && (Scope == ErrorScope.Cloud || offer.Location.Region == Region) && Scope switch
        {
            ErrorScope.Cloud or ErrorScope.Region => true,
            ErrorScope.Market => offer.Market == Market,
            ErrorScope.Zone => SameZone(offer),
            ErrorScope.QuotaGroup => Means(offer, QuotaGroup is not null && (offer.QuotaGroup ?? offer.Family) == QuotaGroup),
            ErrorScope.OfferInRegion => Means(offer, SameFamily(offer)),
            ErrorScope.Offer => SameZone(offer) && Means(offer, SameFamily(offer)),
            _ => false,
        };
    }

    private bool Means(Offer offer, bool isRelated) => offer.Market == Market && (offer.InstanceType == InstanceType || (isRelated && offer.Shape.VCpus >= VCpus));

    private bool SameFamily(Offer offer) => Family is not null && offer.Family == Family;

    private bool SameZone(Offer offer) => Zone is null || offer.Location.Zone is null || offer.Location.Zone == Zone;
}
