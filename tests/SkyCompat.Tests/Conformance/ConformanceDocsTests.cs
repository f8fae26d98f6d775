using SkyCompat.Conformance;
using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Tests.Conformance;

public sealed class ConformanceDocsTests
{
    private const string Begin = "<!-- promises: made by ConformanceCoverage.ToMarkdown(); SKYCOMPAT_UPDATE_DOCS=1 rewrites it -->\n";
    private const string End = "<!-- end of promises -->\n";

    [Fact]
    public void Suites_IdsNumbersAndFeatures_AreComplete() => ConformanceCoverage.FindProblems().ShouldBeEmpty();

    [Fact]
    public void Promises_OfTheReferenceList_Are150() => ConformanceCoverage.Promises.Count.ShouldBe(150);

    [Fact]
    public void Completeness_AssemblyWithoutHarness_Complains() =>
        ConformanceCompleteness.FindProblems(typeof(ConformanceSuite).Assembly).ShouldBe(["There is no harness: nothing is tested."]);

    [Fact]
    public void SuiteClasses_OnePerSuite() =>
        ConformanceCompleteness.SuiteClasses.Count.ShouldBe(ConformanceSuites.All.Count);

    [Fact]
    public async Task Docs_TableOfPromises_IsUpToDate()
    {
        var path = Path.Combine(Root(), "docs", "conformance.md");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        begin.ShouldBeGreaterThan(0);
        end.ShouldBeGreaterThan(begin);
        var wanted = string.Concat(text.AsSpan(0, begin + Begin.Length), ConformanceCoverage.ToMarkdown(), text.AsSpan(end));
        if (Environment.GetEnvironmentVariable("SKYCOMPAT_UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, wanted, TestContext.Current.CancellationToken);
        }
        else
        {
            text.ShouldBe(wanted, "docs/conformance.md is out of date; run this test with SKYCOMPAT_UPDATE_DOCS=1");
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SkyCompat.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The repository is not above the test.");
    }
}
