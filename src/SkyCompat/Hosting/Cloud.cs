using SkyCompat.Clusters;
using SkyCompat.Compute;
using SkyCompat.Diagnostics;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Hosting;

/// <summary>One configured cloud.</summary>
internal sealed class Cloud(CloudIdentity identity, IObjectStorage? storage, IComputeService? compute, IClusterService? clusters) : ICloud
{
    public string Name => identity.Name;

    public CloudProvider Provider => identity.Provider;

    public CloudLocation Location => identity.Location;

    public IObjectStorage Storage => storage ?? throw Lacks("object storage");

    public IComputeService Compute => compute ?? throw Lacks("compute");

    public IClusterService Clusters => clusters ?? throw Lacks("clusters");

    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(IObjectStorage) ? storage
            : serviceType == typeof(IComputeService) ? compute
            : serviceType == typeof(IClusterService) ? clusters
            : storage?.GetService(serviceType) ?? compute?.GetService(serviceType) ?? clusters?.GetService(serviceType);
    }

    public override string ToString() => $"{Name} ({Provider})";

    private CloudException Lacks(string what) => new(CloudErrorCode.Unsupported, $"Cloud '{Name}' ({Provider}) has no {what}.") { Provider = Provider };
}
