using SkyCompat.Diagnostics;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Hosting;

/// <summary>One configured cloud.</summary>
internal sealed class Cloud(CloudIdentity identity, IObjectStorage? storage) : ICloud
{
    public string Name => identity.Name;

    public CloudProvider Provider => identity.Provider;

    public CloudLocation Location => identity.Location;

    public IObjectStorage Storage => storage ?? throw new CloudException(CloudErrorCode.Unsupported, $"Cloud '{Name}' ({Provider}) has no object storage.") { Provider = Provider };

    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType.IsInstanceOfType(this) ? this : serviceType == typeof(IObjectStorage) ? storage : storage?.GetService(serviceType);
    }

    public override string ToString() => $"{Name} ({Provider})";
}
