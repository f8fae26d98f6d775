using System.Reflection;

namespace SkyCompat.Conformance.Xunit;

/// <summary>The test of the tests: finds suites that an adapter forgot, which would otherwise pass in silence.</summary>
public static class ConformanceCompleteness
{
    /// <summary>The abstract test classes, one per suite.</summary>
    public static IReadOnlyList<Type> SuiteClasses { get; } =
    [
        .. typeof(ConformanceCompleteness).Assembly.GetExportedTypes()
            .Where(type => type.IsAbstract && type.GetCustomAttribute<ConformanceSuiteAttribute>() is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>Finds what the test assemblies of adapters lack: for each harness in them, a concrete subclass of each suite; and what is wrong with the suites themselves.</summary>
    /// <param name="assemblies">The test assemblies.</param>
    /// <returns>The complaints; empty if nothing is missing. Also complains if there is no harness at all.</returns>
    public static IReadOnlyList<string> FindProblems(params IEnumerable<Assembly> assemblies)
    {
        var types = assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type is { IsAbstract: false, IsClass: true, ContainsGenericParameters: false }).ToList();
        var harnesses = types.Where(type => type.IsSubclassOf(typeof(ConformanceHarness))).ToList();
        return
        [
            .. FindProblemsOfSuites(),
            .. harnesses.Count == 0 ? ["There is no harness: nothing is tested."] : Array.Empty<string>(),
            .. from harness in harnesses
               from suite in SuiteClasses
               let wanted = suite.MakeGenericType(harness)
               where !types.Exists(type => type.IsSubclassOf(wanted))
               select $"{harness.FullName}: no class derives from {suite.Name.Split('`')[0]}<{harness.Name}>.",
            .. harnesses.SelectMany(FindProblemsOfQuirks),
        ];
    }

    private static IEnumerable<string> FindProblemsOfSuites()
    {
        var bound = SuiteClasses.Select(type => type.GetCustomAttribute<ConformanceSuiteAttribute>()!.Name).ToList();
        return
        [
            .. ConformanceCoverage.FindProblems(),
            .. ConformanceSuites.All.Where(suite => !bound.Contains(suite.Name, StringComparer.Ordinal)).Select(suite => $"No test class runs the suite {suite.Name}."),
            .. bound.Where(name => !ConformanceSuites.All.Any(suite => string.Equals(suite.Name, name, StringComparison.Ordinal))).Select(name => $"There is no suite {name}."),
        ];
    }

    /// <summary>A known deviation that names no case hides nothing, and a case that was renamed would fail again.</summary>
    private static IEnumerable<string> FindProblemsOfQuirks(Type harnessType)
    {
        if (harnessType.GetConstructor(Type.EmptyTypes) is null)
        {
            return [$"{harnessType.FullName} has no public constructor without parameters."];
        }

        var harness = (ConformanceHarness)Activator.CreateInstance(harnessType)!;
        var ids = ConformanceSuites.All.SelectMany(suite => suite.Cases).Select(item => item.Id).ToList();
        return harness.Quirks
            .Where(quirk => !ids.Exists(id => quirk.Key.EndsWith('*') ? id.StartsWith(quirk.Key[..^1], StringComparison.Ordinal) : string.Equals(id, quirk.Key, StringComparison.Ordinal)))
            .Select(quirk => $"{harnessType.FullName}: no case has the id '{quirk.Key}'.")
            .Concat(harness.Quirks.Where(quirk => string.IsNullOrWhiteSpace(quirk.Value)).Select(quirk => $"{harnessType.FullName}: the deviation '{quirk.Key}' has no reason."));
    }
}
