using SkyCompat.Workloads;

namespace SkyCompat.Drivers;

/// <summary>One line of a watch.</summary>
/// <param name="Kind">What happened; null for a bookmark, which only tells how far the watch is.</param>
/// <param name="Pod">The pod; null for a bookmark.</param>
/// <param name="ResourceVersion">From where a watch goes on after this.</param>
public sealed record PodNotice(PodChangeKind? Kind, Pod? Pod, string ResourceVersion);
