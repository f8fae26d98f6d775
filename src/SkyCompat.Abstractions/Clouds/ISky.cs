using SkyCompat.Clusters;
using SkyCompat.ObjectStorage;

namespace SkyCompat;

/// <summary>All configured clouds, and the logical buckets and clusters that applications know by name.</summary>
/// <remarks>Safe for use by many threads; sends no request itself.</remarks>
public interface ISky
{
    /// <summary>The configured clouds, ordered by name.</summary>
    IReadOnlyCollection<ICloud> Clouds { get; }

    /// <summary>The names of the logical buckets in configuration, ordered.</summary>
    IReadOnlyCollection<string> BucketNames { get; }

    /// <summary>The names of the logical clusters in configuration, ordered.</summary>
    IReadOnlyCollection<string> ClusterNames { get; }

    /// <summary>The cloud used where none is named.</summary>
    ICloud DefaultCloud { get; }

    /// <summary>Finds a configured cloud.</summary>
    /// <param name="name">Its name in configuration; case is ignored, as configuration does.</param>
    /// <returns>The cloud.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: no cloud has that name; the message lists those there are.</exception>
    ICloud GetCloud(string name);

    /// <summary>Finds a logical bucket.</summary>
    /// <param name="name">Its logical name in configuration, not its name at the provider; case is ignored.</param>
    /// <returns>The bucket, with the configured prefix and restrictions.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: no bucket has that logical name; the message lists those there are.</exception>
    IBucket GetBucket(string name);

    /// <summary>Finds a logical cluster.</summary>
    /// <param name="name">Its logical name in configuration, not its name at the provider; case is ignored.</param>
    /// <returns>The cluster, with the configured namespace as its default.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: no cluster has that logical name; the message lists those there are.</exception>
    ICluster GetCluster(string name);
}
