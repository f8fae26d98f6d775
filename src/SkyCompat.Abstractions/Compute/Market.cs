namespace SkyCompat.Compute;

/// <summary>How compute is sold.</summary>
public enum Market
{
    /// <summary>At the list price, for as long as wanted.</summary>
    OnDemand = 0,

    /// <summary>Spare capacity at a lower price, which the provider may take back at short notice.</summary>
    Spot,
}
