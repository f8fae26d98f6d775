namespace SkyCompat.Transfer;

/// <summary>What makes a transfer one shard of a larger one: what only the destination has is left to the whole, and a destination whose list has no order is not listed for every shard anew.</summary>
/// <param name="CopiedSince">What the destination was given after this, by its own clock, is of this same transfer and not copied again if it is the same; null if nobody began this shard before.</param>
internal sealed record ShardRole(DateTimeOffset? CopiedSince);
