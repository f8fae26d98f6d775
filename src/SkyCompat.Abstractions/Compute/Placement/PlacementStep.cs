namespace SkyCompat.Compute;

/// <summary>An offer to be tried.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="ComputeUsd">What the instances cost for the expected time; null without a price.</param>
/// <param name="EgressUsd">What moving the data there costs; null if it is not known.</param>
public sealed record PlacementStep(Offer Offer, decimal? ComputeUsd, decimal? EgressUsd)
{
    /// <summary>Both together; null if one is not known.</summary>
    public decimal? TotalUsd => ComputeUsd + EgressUsd;
}
