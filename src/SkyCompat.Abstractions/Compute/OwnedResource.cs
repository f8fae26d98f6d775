namespace SkyCompat.Compute;

/// <summary>Something that this library made at a provider and marked as its own.</summary>
/// <param name="Kind">What it is, such as <c>instance</c>, <c>disk</c>, <c>snapshot</c>, <c>firewall</c>, <c>key-pair</c>, <c>address</c> or <c>network</c>.</param>
/// <param name="Id">The id to give back to this library.</param>
/// <param name="Location">Where it is.</param>
public sealed record OwnedResource(string Kind, string Id, CloudLocation Location)
{
    /// <summary>The idempotency key of the launch it was made for; null if it is shared by several.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Whether something uses it, as a running instance its disk.</summary>
    public bool InUse { get; init; }

    /// <summary>When it was made, if the provider tells.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
