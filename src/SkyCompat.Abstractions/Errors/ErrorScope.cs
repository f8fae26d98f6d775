namespace SkyCompat;

/// <summary>What a caller should avoid after an error: only this request, or everything in a zone, region or cloud.</summary>
public enum ErrorScope
{
    /// <summary>Only this request is affected.</summary>
    Request = 0,

    /// <summary>The offer (instance type and market) is affected.</summary>
    Offer,

    /// <summary>The whole zone is affected.</summary>
    Zone,

    /// <summary>The whole region is affected.</summary>
    Region,

    /// <summary>The whole cloud is affected, such as by wrong credentials.</summary>
    Cloud,
}
