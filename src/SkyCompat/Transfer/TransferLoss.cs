namespace SkyCompat.Transfer;

/// <summary>Something that objects may have at the source and cannot keep at the destination.</summary>
/// <param name="Kind">What is lost.</param>
/// <param name="Reason">Why.</param>
public sealed record TransferLoss(TransferLossKind Kind, string Reason);
