namespace SkyCompat.Conformance;

/// <summary>The cases of one subject.</summary>
public sealed class ConformanceSuite
{
    /// <summary>Creates a suite.</summary>
    /// <param name="name">Its name, such as <c>Read</c>.</param>
    /// <param name="cases">Its cases.</param>
    public ConformanceSuite(string name, IEnumerable<ConformanceCase> cases)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(cases);
        Name = name;
        Cases = [.. cases];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its cases, in the order in which they read best; they depend on none.</summary>
    public IReadOnlyList<ConformanceCase> Cases { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
