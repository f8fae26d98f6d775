using SkyCompat.Cli.Doctor;
using SkyCompat.Compute;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Cli.Tests.Doctor;

/// <summary>What the doctor makes of each way in which a cloud can fail.</summary>
public sealed class CloudDoctorTests
{
    [Theory]
    [InlineData(CloudErrorCode.Unauthenticated, "credentials", ExitCode.Denied, "az login")]
    [InlineData(CloudErrorCode.PermissionDenied, "credentials", ExitCode.Denied, "Storage Blob Data Contributor")]
    [InlineData(CloudErrorCode.Unavailable, "reachability", ExitCode.Unreachable, "Is http://there right, and up?")]
    [InlineData(CloudErrorCode.Throttled, "reachability", ExitCode.Unreachable, "Is http://there right, and up?")]
    [InlineData(CloudErrorCode.Unknown, "reachability", ExitCode.Failed, "docs/errors.md explains Unknown")]
    public async Task Failure_HasACheckACodeAndAdvice(CloudErrorCode code, string check, int exitCode, string advice)
    {
        var findings = await ExamineAsync(_ => throw new CloudException(code, "No."), []);

        var failed = findings.Single(finding => finding.Kind is FindingKind.Failed);
        failed.Check.ShouldBe(check);
        failed.ExitCode.ShouldBe(exitCode);
        failed.Advice!.ShouldContain(advice);
        findings[^1].ShouldBe(failed);
    }

    [Fact]
    public async Task MayNotListBuckets_WithABucketToGoBy_IsANote()
    {
        var findings = await ExamineAsync(_ => throw new CloudException(CloudErrorCode.PermissionDenied, "No."), ["media"]);

        findings.ShouldAllBe(finding => finding.Kind != FindingKind.Failed);
    }

    [Fact]
    public async Task NoAnswer_IsUnreachable()
    {
        var findings = await ExamineAsync(
            async token =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return null!;
            },
            []);

        findings[^1].ExitCode.ShouldBe(ExitCode.Unreachable);
        findings[^1].Detail.ShouldStartWith("no answer within");
    }

    private static Task<IReadOnlyList<Finding>> ExamineAsync(Func<CancellationToken, Task<BucketPage>> list, string[] buckets) =>
        new CloudDoctor(new ScriptedCloud(list), "http://there", buckets, TimeSpan.FromMilliseconds(100), TimeProvider.System).ExamineAsync(CancellationToken.None);

    private sealed class ScriptedCloud(Func<CancellationToken, Task<BucketPage>> list) : ICloud, IObjectStorage
    {
        public string Name => "az";

        public CloudProvider Provider => CloudProvider.Azure;

        public CloudLocation Location => new("westeurope");

        public IObjectStorage Storage => this;

        public IComputeService Compute => throw new NotSupportedException();

        public Clusters.IClusterService Clusters => throw new NotSupportedException();

        public Task<BucketPage> ListBucketsPageAsync(ListBucketsOptions? options = null, CancellationToken cancellationToken = default) => list(cancellationToken);

        public IBucket GetBucket(string name) => throw new CloudException(CloudErrorCode.NotFound, "There is none.");

        public Task CreateBucketAsync(string name, CreateBucketOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task DeleteBucketAsync(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<BucketInfo?> TryGetBucketInfoAsync(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType) => null;
    }
}
