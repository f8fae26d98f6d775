namespace SkyCompat.Compute;

/// <summary>Why an offer is not considered.</summary>
public enum RejectionReason
{
    /// <summary>It does not meet the need.</summary>
    Need = 0,

    /// <summary>It is of a market that was not asked for.</summary>
    Market,

    /// <summary>Its cloud was not asked for.</summary>
    Cloud,

    /// <summary>Its cloud lacks something that the launch asks.</summary>
    Feature,

    /// <summary>Its region was not asked for.</summary>
    Region,

    /// <summary>Its region is in another jurisdiction, or in one that is not known.</summary>
    Jurisdiction,

    /// <summary>It costs more than allowed, or its price is not known.</summary>
    Price,

    /// <summary>It failed lately, or something that it needs did.</summary>
    Avoided,
}
