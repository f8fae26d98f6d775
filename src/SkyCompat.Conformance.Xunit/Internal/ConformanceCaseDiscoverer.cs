using System.Globalization;
using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace SkyCompat.Conformance.Xunit.Internal;

/// <summary>Makes one test case of each conformance case.</summary>
/// <remarks>A theory would do nearly the same, but its rows cannot be filtered by trait unless they are enumerated at discovery, which is the runner's choice.</remarks>
internal sealed class ConformanceCaseDiscoverer : IXunitTestCaseDiscoverer
{
    public const string CaseTrait = "Case";
    public const string SuiteTrait = "Suite";
    public const string PromiseTrait = "Promise";

    public ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute)
    {
        var testClass = testMethod.TestClass.Class;
        var suite = ConformanceSuites.Get(
            testClass.GetCustomAttribute<ConformanceSuiteAttribute>()?.Name ?? throw new InvalidOperationException($"{testClass} has no [ConformanceSuite]."));
        return ValueTask.FromResult<IReadOnlyCollection<IXunitTestCase>>([.. suite.Cases.Select(item => Make(discoveryOptions, testMethod, factAttribute, suite, item))]);
    }

    private static XunitTestCase Make(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute, ConformanceSuite suite, ConformanceCase item)
    {
        object?[] arguments = [item.Id];
        var details = TestIntrospectionHelper.GetTestCaseDetails(discoveryOptions, testMethod, factAttribute, arguments);
        var traits = testMethod.Traits.ToDictionary(pair => pair.Key, pair => new HashSet<string>(pair.Value, StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        traits[CaseTrait] = [item.Id];
        traits[SuiteTrait] = [suite.Name];
        if (item.Numbers.Count > 0)
        {
            traits[PromiseTrait] = [.. item.Numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        }

        return new XunitTestCase(
            details.ResolvedTestMethod,
            $"{testMethod.TestClass.TestClassName}.{item.Id}",
            details.UniqueID,
            details.Explicit,
            details.SkipExceptions,
            details.SkipReason,
            details.SkipType,
            details.SkipUnless,
            details.SkipWhen,
            traits,
            arguments,
            details.SourceFilePath,
            details.SourceLineNumber,
            details.Timeout);
    }
}
