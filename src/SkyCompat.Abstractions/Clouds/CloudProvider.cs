namespace SkyCompat;

/// <summary>The kind of provider behind a cloud, by its registered name.</summary>
/// <param name="Name">The name used in configuration, such as <c>S3</c>.</param>
public readonly record struct CloudProvider(string Name)
{
    /// <summary>This machine.</summary>
    public static CloudProvider Local { get; } = new("Local");

    /// <summary>Any S3-compatible store.</summary>
    public static CloudProvider S3 { get; } = new("S3");

    /// <summary>Amazon Web Services.</summary>
    public static CloudProvider Aws { get; } = new("Aws");

    /// <summary>Microsoft Azure.</summary>
    public static CloudProvider Azure { get; } = new("Azure");

    /// <summary>Google Cloud.</summary>
    public static CloudProvider Google { get; } = new("Google");

    /// <summary>Alibaba Cloud.</summary>
    public static CloudProvider Alibaba { get; } = new("Alibaba");

    /// <summary>An existing Kubernetes cluster.</summary>
    public static CloudProvider Kubernetes { get; } = new("Kubernetes");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
