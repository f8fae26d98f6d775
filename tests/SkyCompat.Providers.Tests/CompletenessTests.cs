using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Providers.Tests;

public sealed class CompletenessTests
{
    [Fact]
    public void Suites_EveryHarness_HasThemAll() => ConformanceCompleteness.FindProblems(typeof(CompletenessTests).Assembly).ShouldBeEmpty();
}
