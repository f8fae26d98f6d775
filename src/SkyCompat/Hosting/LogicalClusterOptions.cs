namespace SkyCompat;

/// <summary>A cluster that the application knows by a logical name; <c>SkyCompat:Clusters:&lt;name&gt;</c>.</summary>
public sealed class LogicalClusterOptions
{
    /// <summary>The cloud that it is on.</summary>
    /// <value>Default: the default cloud.</value>
    public string? Cloud { get; set; }

    /// <summary>Its name at the provider.</summary>
    /// <value>Default: required; for provider <c>Kubernetes</c> the cloud's own context.</value>
    public string? Name { get; set; }

    /// <summary>The namespace of its workloads where none is named.</summary>
    /// <value>Default: that of the kubeconfig's context, else <c>default</c>.</value>
    public string? Namespace { get; set; }
}
