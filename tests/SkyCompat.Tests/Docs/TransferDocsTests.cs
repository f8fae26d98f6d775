using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Diagnostics;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer;
using SkyCompat.Transfer.Pricing;

namespace SkyCompat.Tests.Docs;

/// <summary>Keeps docs/transfer.md true.</summary>
public sealed partial class TransferDocsTests
{
    private const string Page = "docs/transfer.md";

    [Fact]
    public void Example_IsTheCompiledOne() =>
        DocsTests.ReadPage(Page).ShouldContain($"```csharp\n{DocsTests.ReadExample("tests/SkyCompat.Tests/Docs/TransferExample.cs")}\n```");

    [Fact]
    public async Task Example_Runs()
    {
        var root = Directory.CreateTempSubdirectory("skycompat-transfer-example-").FullName;
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, "photos")).FullName;
            Directory.CreateDirectory(Path.Combine(folder, "drafts"));
            foreach (var name in (string[])["a.jpg", "b.png", "notes.txt", "drafts/c.jpg"])
            {
                await File.WriteAllTextAsync(Path.Combine(folder, name), name, TestContext.Current.CancellationToken);
            }

            using var host = DocsTests.Build([$"--SkyCompat:Clouds:home:Local:Root={root}/store", "--SkyCompat:Clouds:home:Provider=Local", "--SkyCompat:Buckets:media:Name=acme-media"]);
            await host.Services.GetRequiredService<IObjectStorage>().CreateBucketAsync("acme-media", null, TestContext.Current.CancellationToken);

            var report = await TransferExample.RunAsync(host, folder, root);

            report.Copied.ShouldBe(2);
            report.Failed.ShouldBe(0);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Theory]
    [InlineData(typeof(TransferMode))]
    [InlineData(typeof(TransferOverwrite))]
    [InlineData(typeof(TransferComparison))]
    [InlineData(typeof(TransferRoute))]
    [InlineData(typeof(TransferVerification))]
    [InlineData(typeof(TransferDifferenceKind))]
    [InlineData(typeof(TransferLossKind))]
    public void Choices_AreAllNamed(Type choices) => Missing(Enum.GetNames(choices)).Except([nameof(TransferRoute.All)], StringComparer.Ordinal).ShouldBeEmpty();

    [Theory]
    [InlineData(typeof(TransferOptions))]
    [InlineData(typeof(TransferFilter))]
    [InlineData(typeof(TransferRequest))]
    [InlineData(typeof(TransferRange))]
    [InlineData(typeof(ClusterTransferOptions))]
    public void Settings_AreAllNamed(Type settings) => Missing(settings.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)).ShouldBeEmpty();

    [Fact]
    public void Faults_NameTestsThatAreThere()
    {
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(DocsTests.Root, "tests/SkyCompat.Transfer.Tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var named = TestNames().Matches(DocsTests.ReadPage(Page)).Select(match => match.Groups["name"].Value).ToList();

        named.Count.ShouldBeGreaterThan(15);
        named.Where(name => !tests.Contains($" {name}(", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Prices_OfThePage_AreAFileThatIsRead()
    {
        var page = DocsTests.ReadPage(Page);
        var begin = page.IndexOf("```json\n", StringComparison.Ordinal) + 8;
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await File.WriteAllTextAsync(path, page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)], TestContext.Current.CancellationToken);
            var prices = PriceTable.Load(path);

            prices.AsOf.ShouldBe(new DateOnly(2026, 11, 1));
            prices.EgressPerGiB(At(CloudProvider.Azure, "westeurope"), At(CloudProvider.Azure, "westeurope")).ShouldBe(0);
            prices.EgressPerGiB(At(CloudProvider.Azure, "westeurope"), At(CloudProvider.Azure, "northeurope")).ShouldBe(0.02m);
            prices.EgressPerGiB(At(CloudProvider.Azure, "westeurope"), At(CloudProvider.S3, "eu-central-1")).ShouldBe(0.087m);
            prices.EgressPerGiB(At(CloudProvider.S3, "eu-central-1"), null).ShouldBe(0.09m);
            prices.EgressPerGiB(At(CloudProvider.Google, "europe-west1"), null).ShouldBeNull();
        }
        finally
        {
            File.Delete(path);
        }

        PriceTable.Load(null).AsOf.ShouldBe(new DateOnly(2026, 1, 1));
        page.ShouldContain("as of 2026-01-01");
    }

    private static CloudIdentity At(CloudProvider provider, string region) => new("cloud", provider, new CloudLocation(region), "store.example.com", "SkyCompat:Clouds:cloud");

    private static IEnumerable<string> Missing(IEnumerable<string> names)
    {
        var page = DocsTests.ReadPage(Page);
        return names.Where(name => !page.Contains($"{name}`", StringComparison.Ordinal) && !page.Contains($" {name} ", StringComparison.Ordinal));
    }

    [GeneratedRegex("`(?<name>(?:RunAsync|RunOnCluster|Kill)_[A-Za-z_]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestNames();
}
