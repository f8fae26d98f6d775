using SkyCompat.Workloads;

namespace SkyCompat.Drivers;

/// <summary>A page of pods.</summary>
/// <param name="Pods">The pods.</param>
/// <param name="NextPageToken">What asks for the next page; null if this is the last.</param>
/// <param name="ResourceVersion">The version of the whole list, from which a watch goes on.</param>
public sealed record PodPage(IReadOnlyList<Pod> Pods, string? NextPageToken, string ResourceVersion);
