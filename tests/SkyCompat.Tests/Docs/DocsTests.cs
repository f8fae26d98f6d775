using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SkyCompat.Compute;
using SkyCompat.Alibaba;
using SkyCompat.Aws;
using SkyCompat.Azure;
using SkyCompat.Clusters;
using SkyCompat.Diagnostics;
using SkyCompat.Google;
using SkyCompat.Kubernetes;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;
using SkyCompat.S3;
using SkyCompat.Transfer;
using SkyCompat.Workloads;

namespace SkyCompat.Tests.Docs;

/// <summary>Keeps the documents true: what they quote is what the code says, and what the code has they name.</summary>
public sealed partial class DocsTests
{
    internal static readonly string Root = FindRoot();

    public static TheoryData<string, string, string> WrongSettings => new()
    {
        { "Clouds:home:Provider", "Locl", "SkyCompat:Clouds:home:Provider: unknown provider 'Locl'. Did you mean 'Local'? Registered providers: InMemory, Local, S3. Is its package's AddLocl() called?" },
        { "Clouds:home:Local:Rot", "x", "SkyCompat:Clouds:home:Local:Rot: unknown key. Did you mean 'Root'? Known keys: BusyTimeout, Compute, Durability, EndpointPort, InlineMaxBytes, PublicBaseUrl, Root." },
        { "Clouds:home:S3:Profile", "MinIO", "SkyCompat:Clouds:home:S3: unknown key. Known keys: Clusters, Compute, KeyPolicy, Local, Provider, Region, Resilience." },
        { "Buckets:media", "acme-media", "SkyCompat:Buckets:media: expected a section, found the value 'acme-media'." },
        { "Buckets:media:Require", "Tags", "SkyCompat:Buckets:media:Require: expected a list of features, such as [ \"ConditionalPut\" ], found the value 'Tags'." },
        { "Buckets:media:Require:0", "ConditionalPutt", "SkyCompat:Buckets:media:Require: unknown feature 'ConditionalPutt'. Did you mean 'ConditionalPut'?" },
        { "Clouds:home:Resilience:MaxAttempts", "0", "SkyCompat:Clouds:home:Resilience:MaxAttempts: must be from 1 to 100, not 0." },
        { "Clouds:home:Resilience:IdleTimeout", "00:00:00.01", "SkyCompat:Clouds:home:Resilience:IdleTimeout: must be from 00:00:00.1000000 to 01:00:00, not 00:00:00.0100000." },
        { "BufferBudgetBytes", "1000", "SkyCompat:BufferBudgetBytes: must be at least 16777216 (16 MiB), not 1000." },
        { "Transfer:MaxConcurrency", "2000", "SkyCompat:Transfer:MaxConcurrency: must be from 1 to 1024, not 2000." },
        { "Transfer:PricesPath", "prices.json", "SkyCompat:Transfer:PricesPath: there is no file 'prices.json'." },
        { "DefaultCloud", "hom", "SkyCompat:DefaultCloud: there is no cloud 'hom'. Did you mean 'home'? Clouds: home, store." },
        { "Buckets:media:Cloud", "aws", "SkyCompat:Buckets:media:Cloud: there is no cloud 'aws'. Clouds: home, store." },
        { "Buckets:other:Cloud", "home", "SkyCompat:Buckets:other:Name: missing. It is the bucket's name at the provider." },
        { "Clouds:store:S3:Profile", "Minio2", "SkyCompat:Clouds:store:S3:Profile: there is no profile 'Minio2'. Did you mean 'MinIO'?" },
        { "Clouds:store:S3:Endpoint", "127.0.0.1", "SkyCompat:Clouds:store:S3:Endpoint: '127.0.0.1' is not an absolute http or https URL, such as https://s3.example.com." },
        { "Clouds:store:S3:AccessKeyId", "me", "SkyCompat:Clouds:store:S3:SecretAccessKey: set AccessKeyId and SecretAccessKey together, or neither to use the AWS default credential chain." },
        { "Buckets:media:Require:1", "SignGet", "SkyCompat:Buckets:media:Require: cloud 'memory' lacks SignGet. Choose another cloud, or do without." },
    };

    [Fact]
    public void Readme_Example_IsTheCompiledOne() =>
        ReadPage("README.md").ShouldContain($"```csharp\n{ReadExample("tests/SkyCompat.Tests/Docs/ReadmeExample.cs")}\n```");

    [Fact]
    public async Task Readme_Example_Runs()
    {
        var root = Directory.CreateTempSubdirectory("skycompat-readme-").FullName;
        try
        {
            var path = Path.Combine(root, "intro.mp4");
            await File.WriteAllTextAsync(path, "a film", TestContext.Current.CancellationToken);
            string[] settings = [$"--SkyCompat:Clouds:home:Local:Root={root}/store", "--SkyCompat:Clouds:home:Provider=Local", "--SkyCompat:Buckets:media:Name=acme-media"];
            using (var host = Build(settings))
            {
                await host.Services.GetRequiredService<IObjectStorage>().CreateBucketAsync("acme-media", null, TestContext.Current.CancellationToken);
            }

            var link = await ReadmeExample.RunAsync(settings, path);

            link.Method.ShouldBe("GET");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void Links_OfAllPages_LeadSomewhere()
    {
        var broken =
            from page in Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Root, "*.md"))
            from Match link in LinkPattern().Matches(File.ReadAllText(page))
            let target = Path.Combine(Path.GetDirectoryName(page)!, link.Groups["path"].Value)
            where !File.Exists(target) && !Directory.Exists(target)
            select $"{Path.GetRelativePath(Root, page)}: {link.Groups["path"].Value}";

        broken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(typeof(SkyCompatOptions))]
    [InlineData(typeof(TransferSettings))]
    [InlineData(typeof(ComputeSettings))]
    [InlineData(typeof(CloudComputeOptions))]
    [InlineData(typeof(CloudClusterOptions))]
    [InlineData(typeof(CloudOptions))]
    [InlineData(typeof(ResilienceOptions))]
    [InlineData(typeof(LogicalBucketOptions))]
    [InlineData(typeof(LogicalClusterOptions))]
    [InlineData(typeof(KubernetesOptions))]
    [InlineData(typeof(LocalOptions))]
    [InlineData(typeof(LocalComputeOptions))]
    [InlineData(typeof(InMemoryOptions))]
    [InlineData(typeof(S3Options))]
    [InlineData(typeof(AwsOptions))]
    [InlineData(typeof(AzureOptions))]
    [InlineData(typeof(GoogleOptions))]
    [InlineData(typeof(S3ProfileOverrides))]
    [InlineData(typeof(AlibabaOptions))]
    public void Configuration_NamesEveryKey(Type options) =>
        Missing("docs/configuration.md", options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public async Task Configuration_QuotesWhatIsSaid(string key, string value, string said)
    {
        string[] settings =
        [
            "--SkyCompat:DefaultCloud=home",
            "--SkyCompat:Clouds:home:Provider=Local",
            "--SkyCompat:Clouds:store:Provider=S3",
            "--SkyCompat:Clouds:store:S3:Profile=MinIO",
            "--SkyCompat:Clouds:store:S3:Endpoint=http://127.0.0.1:9000",
            "--SkyCompat:Buckets:media:Name=acme-media",
        ];
        string[] wrong = said.Contains("'memory'", StringComparison.Ordinal)
            ? ["--SkyCompat:Clouds:memory:Provider=InMemory", "--SkyCompat:Buckets:media:Cloud=memory"]
            : [];
        using var host = Build([.. settings, .. wrong, $"--SkyCompat:{key}={value}"]);

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        exception.Failures.ShouldContain(failure => failure.StartsWith(said, StringComparison.Ordinal), string.Join('\n', exception.Failures));
        ReadPage("docs/configuration.md").ShouldContain(said);
    }

    [Fact]
    public async Task Configuration_QuotesWhatIsSaidOfLostWrappers()
    {
        const string Said = "DecorateBucket: there is no logical bucket 'medja'. Buckets: media.";
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { Args = ["--SkyCompat:Clouds:home:Provider=InMemory", "--SkyCompat:Buckets:media:Name=acme-media"] });
        builder.Services.AddSkyCompat(builder.Configuration.GetSection("SkyCompat")).AddInMemory().DecorateBucket("medja", (bucket, _) => bucket.AsReadOnly());
        using var host = builder.Build();

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        exception.Failures.ShouldBe([Said]);
        ReadPage("docs/configuration.md").ShouldContain(Said);
    }

    [Fact]
    public void Errors_NameEveryCodeAndReason()
    {
        var reasons = typeof(ObjectStorageErrorReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.Name);

        Missing("docs/errors.md", [.. Enum.GetNames<CloudErrorCode>(), .. Enum.GetNames<ErrorScope>(), .. reasons]).ShouldBeEmpty();
    }

    [Fact]
    public void Clusters_NameEveryPhaseFeatureStateAndReason()
    {
        var reasons = typeof(ClusterErrorReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        var features = Enum.GetNames<ClusterFeatures>().Where(name => name is not nameof(ClusterFeatures.None));

        Missing("docs/clusters.md", [.. features, .. Enum.GetNames<ClusterPhase>().Select(phase => $"`{phase}`"), .. Enum.GetNames<ClusterOperationState>(), .. reasons]).ShouldBeEmpty();
    }

    [Fact]
    public void Compute_NamesEveryPhaseFeatureReasonAndTag()
    {
        var constants = new[] { typeof(ComputeErrorReasons), typeof(ComputeTags) }.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => (string)field.GetRawConstantValue()!);
        var features = Enum.GetNames<ComputeFeatures>().Where(name => name is not nameof(ComputeFeatures.None));

        Missing("docs/compute.md", [.. features, .. Enum.GetNames<InstancePhase>(), .. constants]).ShouldBeEmpty();
    }

    [Fact]
    public void Workloads_NameEveryKindOutcomeAndReason()
    {
        var reasons = typeof(WorkloadErrorReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

        Missing("docs/workloads.md", [.. reasons, .. Enum.GetNames<WorkloadKind>().Skip(1), .. Enum.GetNames<ApplyOutcome>()]).ShouldBeEmpty();
    }

    [Fact]
    public void ObjectStorage_NamesEveryFeatureLimitAndTier()
    {
        var limits = typeof(BucketCapabilities).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name);
        var features = Enum.GetNames<BucketFeatures>().Where(name => name is not nameof(BucketFeatures.None));

        Missing("docs/object-storage.md", [.. features, .. limits, .. Enum.GetNames<StorageTier>()]).ShouldBeEmpty();
    }

    [Fact]
    public void Telemetry_NamesEveryInstrumentAndEvent()
    {
        var instruments = typeof(SkyCompatTelemetry).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        var events = typeof(Log).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>().Select(message => $"{message.EventId} |").ToList();

        events.ShouldNotBeEmpty();
        Missing("docs/telemetry.md", [.. instruments, .. events]).ShouldBeEmpty();
    }

    [Fact]
    public void S3_NamesEveryProfile() => Missing("docs/providers/s3.md", S3Profiles.All.Select(profile => $"`{profile.Name}`")).ShouldBeEmpty();

    /// <summary>What stands between the marks of a source file.</summary>
    internal static string ReadExample(string path)
    {
        var source = File.ReadAllLines(Path.Combine(Root, path));
        var begin = Array.FindIndex(source, line => line.EndsWith("// <example>", StringComparison.Ordinal)) + 1;
        var end = Array.FindIndex(source, line => line.EndsWith("// </example>", StringComparison.Ordinal));
        return string.Join('\n', source[begin..end].Select(line => line.Length < 8 ? line : line[8..]));
    }

    internal static string ReadPage(string page) => File.ReadAllText(Path.Combine(Root, page)).ReplaceLineEndings("\n");

    internal static IHost Build(string[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { Args = settings });
        builder.Services.AddSkyCompat(builder.Configuration.GetSection("SkyCompat")).AddLocal().AddInMemory().AddS3();
        return builder.Build();
    }

    private static IEnumerable<string> Missing(string page, IEnumerable<string> names)
    {
        var text = ReadPage(page);
        return names.Where(name => !text.Contains(name, StringComparison.Ordinal));
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SkyCompat.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder;
    }

    [GeneratedRegex(@"\]\((?!https?://|#)(?<path>[^)#\s]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkPattern();
}
