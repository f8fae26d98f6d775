namespace SkyCompat.Conformance.Xunit;

/// <summary>Names the suite that a test class runs.</summary>
/// <param name="name">The suite's name, one of <see cref="ConformanceSuites.All"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ConformanceSuiteAttribute(string name) : Attribute
{
    /// <summary>The suite's name.</summary>
    public string Name { get; } = name;
}
