namespace SkyCompat;

/// <summary>What a caller should avoid after an error: only this request, some offers, or everything in a zone, region or cloud.</summary>
public enum ErrorScope
{
    /// <summary>Only this request is affected.</summary>
    Request = 0,

    /// <summary>The offer (instance type and market) is affected, in its zone.</summary>
    Offer,

    /// <summary>The offer is affected in all zones of its region.</summary>
    OfferInRegion,

    /// <summary>All offers that share the offer's quota (<see cref="Compute.Offer.QuotaGroup"/>) are affected, in its region and market.</summary>
    QuotaGroup,

    /// <summary>The whole zone is affected.</summary>
    Zone,

    /// <summary>All offers of the offer's market in the region are affected, such as all spot instances.</summary>
    Market,

    /// <summary>The whole region is affected.</summary>
    Region,

    /// <summary>The whole cloud is affected, such as by wrong credentials.</summary>
    Cloud,
}
