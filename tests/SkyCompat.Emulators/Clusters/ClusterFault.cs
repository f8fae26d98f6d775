namespace SkyCompat.Emulators.Clusters;

/// <summary>Something that goes wrong on purpose, once.</summary>
/// <param name="Method">The method of the request that it befalls.</param>
/// <param name="PathPart">A part of its path.</param>
/// <param name="Answer">What is answered in place of the operation; null to do the operation and then cut the connection, so that its reply is lost.</param>
public sealed record ClusterFault(string Method, string PathPart, ClusterAnswer? Answer)
{
    /// <summary>How many times.</summary>
    public int Times { get; set; } = 1;
}
