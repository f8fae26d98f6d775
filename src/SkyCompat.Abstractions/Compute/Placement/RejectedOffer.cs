namespace SkyCompat.Compute;

/// <summary>An offer that is not considered.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Reason">Why not.</param>
/// <param name="Detail">What exactly rules it out, such as the limit's name or the error that is avoided.</param>
public sealed record RejectedOffer(Offer Offer, RejectionReason Reason, string Detail);
