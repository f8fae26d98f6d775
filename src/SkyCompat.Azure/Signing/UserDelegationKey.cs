namespace SkyCompat.Azure;

/// <summary>A key with which an Entra ID identity signs for a time (Microsoft: "Get User Delegation Key"); its texts are as the service wrote them, because signatures repeat them.</summary>
internal sealed record UserDelegationKey
{
    public required string ObjectId { get; init; }

    public required string TenantId { get; init; }

    public required string Start { get; init; }

    public required string Expiry { get; init; }

    public required string Service { get; init; }

    public required string Version { get; init; }

    public required byte[] Value { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Without the key.</summary>
    /// <returns>Text that is safe to log.</returns>
    public override string ToString() => $"user delegation key until {Expiry}";
}
