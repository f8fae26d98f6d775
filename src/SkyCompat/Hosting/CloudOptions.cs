using SkyCompat.ObjectStorage;

namespace SkyCompat;

/// <summary>The settings of one cloud that every provider has; <c>SkyCompat:Clouds:&lt;name&gt;</c>. Beside them stands a section named after the provider with its own settings.</summary>
public sealed class CloudOptions
{
    /// <summary>The provider, by the name that its <c>Add…()</c> method registered, such as <c>Local</c> or <c>S3</c>. Required.</summary>
    public string? Provider { get; set; }

    /// <summary>The region, such as <c>eu-central-1</c>.</summary>
    /// <value>Default: none.</value>
    public string? Region { get; set; }

    /// <summary>Which keys may be written.</summary>
    /// <value>Default: <see cref="ObjectStorage.KeyPolicy.Portable"/>.</value>
    public KeyPolicy KeyPolicy { get; set; }

    /// <summary>How requests are retried.</summary>
    public ResilienceOptions Resilience { get; set; } = new();

    /// <summary>How operations on instances are waited for.</summary>
    public CloudComputeOptions Compute { get; set; } = new();

    /// <summary>How operations on clusters are waited for.</summary>
    public CloudClusterOptions Clusters { get; set; } = new();
}
