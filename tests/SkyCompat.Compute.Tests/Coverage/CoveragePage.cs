namespace SkyCompat.Compute.Tests.Coverage;

/// <summary>The page docs/coverage.md: a section for each provider, made by its test.</summary>
internal static class CoveragePage
{
    // The tests of several providers may rewrite it at a time.
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>Compares a provider's section with what its test found, or with SKYCOMPAT_UPDATE_DOCS=1 rewrites it.</summary>
    public static async Task CheckAsync(string provider, string section)
    {
        var (begin, end) = ($"<!-- {provider}: made by its CoverageTests; SKYCOMPAT_UPDATE_DOCS=1 rewrites it -->\n", $"<!-- end of {provider} -->\n");
        var path = Path.Combine(Repository.Root, "docs", "coverage.md");
        await Turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal), text.IndexOf(end, StringComparison.Ordinal));
            from.ShouldBeGreaterThan(0);
            to.ShouldBeGreaterThan(from);
            var wanted = string.Concat(text.AsSpan(0, from + begin.Length), section, text.AsSpan(to));
            if (Environment.GetEnvironmentVariable("SKYCOMPAT_UPDATE_DOCS") == "1")
            {
                await File.WriteAllTextAsync(path, wanted, TestContext.Current.CancellationToken);
            }
            else
            {
                text.ShouldBe(wanted, "docs/coverage.md is out of date; run this test with SKYCOMPAT_UPDATE_DOCS=1");
            }
        }
        finally
        {
            Turn.Release();
        }
    }
}
