using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
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
        ["SkyCompat:Clouds:blobs:Provider"] = "Azure",
        ["SkyCompat:Clouds:blobs:azure:blobserviceuri"] = "http://127.0.0.1:10000/devstoreaccount1",
        ["SkyCompat:Clouds:blobs:azure:accountkey"] = "a2V5",
        ["SkyCompat:Clouds:amazon:Provider"] = "Aws",
        ["SkyCompat:Clouds:amazon:Region"] = "eu-central-1",
        ["SkyCompat:Clouds:amazon:Aws:AccessKeyId"] = "id",
        ["SkyCompat:Clouds:amazon:Aws:SecretAccessKey"] = "key",
        ["SkyCompat:Clouds:joined:Provider"] = "Azure",
        ["SkyCompat:Clouds:joined:Azure:ConnectionString"] = "UseDevelopmentStorage=true",
        ["SkyCompat:Buckets:blobs:Cloud"] = "blobs",
        ["SkyCompat:Buckets:blobs:Name"] = "b",
        ["SkyCompat:Buckets:amazon:Cloud"] = "amazon",
        ["SkyCompat:Buckets:amazon:Name"] = "b",
        ["SkyCompat:Buckets:joined:Cloud"] = "joined",
        ["SkyCompat:Buckets:joined:Name"] = "b",
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

    [Theory]
    [InlineData("blobs", "SkyCompat__Clouds__blobs__Azure__BlobServiceUri")]
    [InlineData("amazon", "SkyCompat__Clouds__amazon__Aws__S3Endpoint")]
    public void Endpoint_IsHandedOverUnderTheProvidersOwnKey(string bucket, string variable)
    {
        var secrets = Grant(new WorkloadBucket(bucket) { Endpoint = new Uri("http://10.123.0.1:8080/account") }).Secrets;

        // Configuration takes names in any case, so one of another case would be a second value of the same.
        secrets.Where(pair => pair.Key.Equals(variable, StringComparison.OrdinalIgnoreCase)).ShouldHaveSingleItem().ShouldBe(new(variable, "http://10.123.0.1:8080/account"));
    }

    [Fact]
    public void ConnectionString_IsHandedOverWholeOrNotAtAll()
    {
        Grant(new WorkloadBucket("joined")).Secrets["SkyCompat__Clouds__joined__Azure__ConnectionString"].ShouldBe("UseDevelopmentStorage=true");

        foreach (var bucket in (WorkloadBucket[])[new("joined") { Endpoint = new Uri("http://10.123.0.1:10000/devstoreaccount1") }, new("joined") { ByIdentity = true }])
        {
            var failure = Should.Throw<CloudException>(() => Grant(bucket));

            failure.Reason.ShouldBe(WorkloadErrorReasons.NoBucketCredentials);
            failure.Message.ShouldContain("Configure BlobServiceUri");
            failure.Message.ShouldNotContain("UseDevelopmentStorage");
        }
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
        using var services = AddProviders(new ServiceCollection()).BuildServiceProvider();
        return new BucketGrants(options, new SkyCompatSection(configuration, "SkyCompat"), services.GetServices<CloudProviderFactory>()).Grant(new Workload { Name = "app", Image = "a:1", Buckets = [bucket], Identity = bucket.ByIdentity ? "arn:aws:iam::1:role/r" : null });
    }

    private static IServiceCollection AddProviders(IServiceCollection services)
    {
        services.AddSkyCompat().AddLocal().AddS3().AddAws().AddAzure().AddGoogle();
        return services;
    }
}
