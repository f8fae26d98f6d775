using SkyCompat.Conformance;
using SkyCompat.ObjectStorage;
using SkyCompat.Providers.Tests.Alibaba;
using SkyCompat.Providers.Tests.Azure;
using SkyCompat.Providers.Tests.Google;
using SkyCompat.Providers.Tests.InMemory;
using SkyCompat.Providers.Tests.Local;
using SkyCompat.Providers.Tests.S3;

namespace SkyCompat.Providers.Tests;

/// <summary>Makes the provider × feature table of the docs from what every provider here declares and has shown: <c>--explicit only --filter-class "*FeatureTableTests"</c>.</summary>
public sealed class FeatureTableTests
{
    [Fact(Explicit = true)]
    public async Task Table_ProvidersThatAreHere_ProveWhatTheyDeclare()
    {
        ProviderHarness[] harnesses = [new LocalHarness(), new InMemoryHarness(), new CephHarness(), new CephTentacleHarness(), new MotoHarness(), new AzuriteHarness(), new GoogleHarness(), new OssHarness()];
        var columns = new List<(string Provider, BucketCapabilities Capabilities)>();
        var unproven = new List<string>();
        foreach (var harness in harnesses)
        {
            await using (harness)
            {
                if (await harness.UnavailableReasonAsync(TestContext.Current.CancellationToken) is { } reason)
                {
                    TestContext.Current.AddWarning(reason);
                    continue;
                }

                await harness.InitializeAsync(TestContext.Current.CancellationToken);
                var report = await ConformanceRunner.RunAllAsync(harness, null, null, TestContext.Current.CancellationToken);
                columns.Add((report.Provider, report.Proven));
                if (report.Declared.Features != report.Proven.Features)
                {
                    unproven.Add($"{report.Provider}: {report.Declared.Features & ~report.Proven.Features}; failed: {string.Join(", ", report.Failures.Select(failure => failure.Case.Id))}");
                }
            }
        }

        TestContext.Current.AddAttachment("features.md", FeatureTable.ToMarkdown(columns));
        TestContext.Current.TestOutputHelper?.WriteLine(FeatureTable.ToMarkdown(columns));
        unproven.ShouldBeEmpty();
    }
}
