namespace SkyCompat.Workloads;

/// <summary>A namespace of a cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsDeleting">Whether it is being deleted.</param>
public sealed record NamespaceInfo(string Name, bool IsDeleting)
{
    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
