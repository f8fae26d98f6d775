namespace SkyCompat.Hosting;

/// <summary>Makes the drivers of the clouds of one provider. Registered by the adapter's <c>Add…()</c> method; most derive from <see cref="CloudProviderFactory{TOptions}"/>.</summary>
public abstract class CloudProviderFactory
{
    /// <summary>The provider; its name is the value of <c>Provider</c> in configuration and the name of the provider's own section.</summary>
    public abstract CloudProvider Provider { get; }

    /// <summary>The key of the provider's own section that says where its object storage is. A workload on a cluster that sees the store at another address is handed that under this key.</summary>
    /// <value>Default: <c>Endpoint</c>.</value>
    public virtual string StorageEndpointKey => "Endpoint";

    /// <summary>Checks the settings of a cloud. Sends no request.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="services">The application's services.</param>
    /// <returns>What is wrong, each with the configuration path and the choices; empty if nothing is.</returns>
    public abstract IReadOnlyCollection<string> Validate(CloudConfiguration cloud, IServiceProvider services);

    /// <summary>Makes the drivers of a cloud whose settings passed <see cref="Validate"/>. Sends no request.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="services">The application's services.</param>
    /// <returns>The drivers; disposed with the host.</returns>
    public abstract CloudDrivers Create(CloudConfiguration cloud, IServiceProvider services);
}
