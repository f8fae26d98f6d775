namespace SkyCompat;

/// <summary>A bucket that the application knows by a logical name; <c>SkyCompat:Buckets:&lt;name&gt;</c>.</summary>
public sealed class LogicalBucketOptions
{
    /// <summary>The cloud that it is on.</summary>
    /// <value>Default: the default cloud.</value>
    public string? Cloud { get; set; }

    /// <summary>Its name at the provider. Required.</summary>
    public string? Name { get; set; }

    /// <summary>Shows only the keys that start with this text, without it.</summary>
    /// <value>Default: none, the whole bucket.</value>
    public string? Prefix { get; set; }

    /// <summary>Refuses all writes.</summary>
    /// <value>Default: false.</value>
    public bool ReadOnly { get; set; }

    /// <summary>Names of <see cref="ObjectStorage.BucketFeatures"/> that the bucket must have; the host does not start where one is lacking.</summary>
    /// <value>Default: none.</value>
    public IList<string> Require { get; } = [];
}
