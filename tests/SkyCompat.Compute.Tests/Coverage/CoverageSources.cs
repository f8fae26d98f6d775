using System.Text.RegularExpressions;

namespace SkyCompat.Compute.Tests.Coverage;

/// <summary>What an adapter's source names of its provider's operations, for adapters that name them.</summary>
internal static class CoverageSources
{
    /// <summary>The operations that the source names and docs/coverage.md does not.</summary>
    public static IReadOnlyList<string> FindMissing(string folder, string pattern, string provider)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "coverage.md"));
        var named = Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => Regex.Matches(File.ReadAllText(path), pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10)))
            .Select(match => match.Groups.Values.Skip(1).First(group => group.Success).Value)
            .ToHashSet(StringComparer.Ordinal);
        named.ShouldNotBeEmpty($"the source of {provider} names operations");
        return [.. named.Where(operation => !page.Contains($"`{operation}`", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
