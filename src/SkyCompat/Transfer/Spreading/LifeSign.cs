namespace SkyCompat.Transfer.Spreading;

/// <summary>What a member of a transfer writes every few seconds: that it lives, and what it is at.</summary>
/// <param name="Beat">A number that is another each time, so that the object's tag is.</param>
/// <param name="Shard">The shard that it carries out; null for none.</param>
/// <param name="Progress">How far it is with it.</param>
internal sealed record LifeSign(long Beat, int? Shard, TransferProgress? Progress);
