using SkyCompat.Clusters;
using SkyCompat.Compute;
using SkyCompat.ObjectStorage;

namespace SkyCompat;

/// <summary>One configured cloud: a provider with its credentials, region, endpoint and resilience.</summary>
/// <remarks>Safe for use by many threads. Further services of a cloud are found with <see cref="ICloudResource.GetService"/>.</remarks>
public interface ICloud : ICloudResource
{
    /// <summary>The kind of provider.</summary>
    CloudProvider Provider { get; }

    /// <summary>Where this cloud's resources are made.</summary>
    CloudLocation Location { get; }

    /// <summary>Object storage of this cloud.</summary>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: the provider has no object storage.</exception>
    IObjectStorage Storage { get; }

    /// <summary>Instances of this cloud.</summary>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: the provider has no compute.</exception>
    IComputeService Compute { get; }

    /// <summary>Kubernetes clusters of this cloud.</summary>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: the provider has no clusters.</exception>
    IClusterService Clusters { get; }
}
