namespace SkyCompat.Local;

/// <summary>Settings of a cloud of provider <c>InMemory</c>: an object store that ends with the process, for tests.</summary>
public sealed class InMemoryOptions
{
    /// <summary>Buckets that are there from the start; their names follow the rules of any bucket's.</summary>
    /// <value>Default: none.</value>
    public IList<string> Buckets { get; set; } = [];
}
