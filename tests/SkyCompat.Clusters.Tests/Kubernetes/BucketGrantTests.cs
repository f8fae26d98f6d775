using Microsoft.Extensions.Configuration;
using SkyCompat.Hosting;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>What a workload is handed for a logical bucket.</summary>
public sealed class BucketGrantTests
{
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal)
    {
        ["SkyCompat:DefaultCloud"] = "store",
        ["SkyCompat:Clouds:store:Provider"] = "S3",
        ["SkyCompat:Clouds:store:S3:Profile"] = "Ceph",
        ["SkyCompat:Clouds:store:S3:Endpoint"] = "http://127.0.0.1:7480",
        ["SkyCompat:Clouds:store:S3:AccessKeyId"] = "id",
        ["SkyCompat:Clouds:store:S3:SecretAccessKey"] = "key",
        ["SkyCompat:Clouds:chain:Provider"] = "S3",
        ["SkyCompat:Clouds:chain:S3:Profile"] = "Aws",
        ["SkyCompat:Clouds:here:Provider"] = "Local",
        ["SkyCompat:Clouds:here:Local:Root"] = "x",
        ["SkyCompat:Clouds:file:Provider"] = "Google",
        ["SkyCompat:Clouds:file:Google:CredentialsFile"] = "/etc/key.json",
        ["SkyCompat:Clouds:signedin:Provider"] = "Aws",
        ["SkyCompat:Clouds:signedin:Aws:Profile"] = "me",
        ["SkyCompat:Buckets:profiled:Cloud"] = "signedin",
        ["SkyCompat:Buckets:profiled:Name"] = "b",
        ["SkyCompat:Buckets:media:Name"] = "acme-media",
        ["SkyCompat:Buckets:media:Prefix"] = "in/",
        ["SkyCompat:Buckets:chained:Cloud"] = "chain",
        ["SkyCompat:Buckets:chained:Name"] = "b",
        ["SkyCompat:Buckets:local:Cloud"] = "here",
        ["SkyCompat:Buckets:local:Name"] = "b",
        ["SkyCompat:Buckets:filed:Cloud"] = "file",
        ["SkyCompat:Buckets:filed:Name"] = "b",
    };

    [Fact]
    public void Bucket_GivesItsSettingsAsConfigurationReadsThem()
    {
        var granted = Grant(new WorkloadBucket("media") { Endpoint = new Uri("http://10.123.0.1:7480") });

        granted.Secrets.ShouldBe(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["SkyCompat__Buckets__media__Cloud"] = "store",
                ["SkyCompat__Buckets__media__Name"] = "acme-media",
                ["SkyCompat__Buckets__media__Prefix"] = "in/",
                ["SkyCompat__Clouds__store__Provider"] = "S3",
                ["SkyCompat__Clouds__store__S3__Profile"] = "Ceph",
                ["SkyCompat__Clouds__store__S3__Endpoint"] = "http://10.123.0.1:7480",
                ["SkyCompat__Clouds__store__S3__AccessKeyId"] = "id",
                ["SkyCompat__Clouds__store__S3__SecretAccessKey"] = "key",
            },
            ignoreOrder: true);
    }

    [Fact]
    public void ByIdentity_NoKeyIsHandedOver() =>
        Grant(new WorkloadBucket("media") { ByIdentity = true }).Secrets.Keys.Where(key => key.Contains("Key", StringComparison.Ordinal)).ShouldBeEmpty();

    [Theory]
    [InlineData("chained", "no credentials in configuration")]
    [InlineData("local", "which is this machine")]
    [InlineData("profiled", "names something of this machine")]
    [InlineData("filed", "names something of this machine")]
    public void WhatCannotBeHandedOver_IsRefused(string bucket, string said)
    {
        var failure = Should.Throw<CloudException>(() => Grant(new WorkloadBucket(bucket)));

        failure.Reason.ShouldBe(WorkloadErrorReasons.NoBucketCredentials);
        failure.Message.ShouldContain(said);
    }

    [Fact]
    public void UnknownBucket_SuggestsOne() => Should.Throw<CloudException>(() => Grant(new WorkloadBucket("medja"))).Message.ShouldContain("Did you mean 'media'?");

    private static Workload Grant(WorkloadBucket bucket)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build().GetSection("SkyCompat");
        var options = new SkyCompatOptions();
        configuration.Bind(options);
        return new BucketGrants(options, new SkyCompatSection(configuration, "SkyCompat")).Grant(new Workload { Name = "app", Image = "a:1", Buckets = [bucket], Identity = bucket.ByIdentity ? "arn:aws:iam::1:role/r" : null });
    }
}
