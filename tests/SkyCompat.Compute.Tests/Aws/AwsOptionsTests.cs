using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Aws;
using SkyCompat.Hosting;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Compute.Tests.Aws;

public sealed class AwsOptionsTests(MotoAccount account) : IClassFixture<MotoAccount>
{
    [Theory]
    [InlineData("SkyCompat:Clouds:main:Region", null, "a region is required")]
    [InlineData("SkyCompat:Clouds:main:Region", "eu-central-1a", "write its region: 'eu-central-1'")]
    [InlineData("SkyCompat:Clouds:main:Region", "Frankfurt!", "is not a region")]
    [InlineData("SkyCompat:Clouds:main:Aws:AccessKeyId", "AKID", "SecretAccessKey: set AccessKeyId and SecretAccessKey together")]
    [InlineData("SkyCompat:Clouds:main:Aws:SecretAccessKey", "s3cr3t", "AccessKeyId: set AccessKeyId and SecretAccessKey together")]
    [InlineData("SkyCompat:Clouds:main:Aws:SessionToken", "t0k3n", "SessionToken: a session token belongs to")]
    [InlineData("SkyCompat:Clouds:main:Aws:Endpoint", "localhost:5555", "Endpoint: 'localhost:5555' is not an absolute http or https URL")]
    [InlineData("SkyCompat:Clouds:main:Aws:Endpoint", "http://h/path", "must not be followed by a path")]
    [InlineData("SkyCompat:Clouds:main:Aws:S3Endpoint", "http://user:s3cr3t@h", "must not hold a user name or password")]
    [InlineData("SkyCompat:Clouds:main:Aws:MaxConnections", "0", "use 1 to 10000")]
    [InlineData("SkyCompat:Clouds:main:Aws:ConnectTimeout", "01:00:00", "is out of range")]
    [InlineData("SkyCompat:Clouds:main:Aws:Zone", "x", "Zone")]
    [InlineData("SkyCompat:Clouds:main:Aws:Hibernation", "perhaps", "Hibernation")]
    public void WrongSetting_IsNamed(string key, string? value, string text)
    {
        var error = Should.Throw<Exception>(() => Build(new Dictionary<string, string?>(StringComparer.Ordinal) { [key] = value }));

        error.ToString().ShouldContain(text);
        error.ToString().ShouldNotContain("s3cr3t");
        error.ToString().ShouldNotContain("t0k3n");
    }

    [Fact]
    public void KeysAndProfileTogether_AreRefused()
    {
        var error = Should.Throw<Exception>(() => Build(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:Clouds:main:Aws:AccessKeyId"] = "AKID",
            ["SkyCompat:Clouds:main:Aws:SecretAccessKey"] = "secret",
            ["SkyCompat:Clouds:main:Aws:Profile"] = "work",
        }));

        error.ToString().ShouldContain("set the keys or the profile");
    }

    [Theory]
    [InlineData("eu-central-1", "ec2.eu-central-1.amazonaws.com", "s3.eu-central-1.amazonaws.com")]
    [InlineData("cn-north-1", "ec2.cn-north-1.amazonaws.com.cn", "s3.cn-north-1.amazonaws.com.cn")]
    public void Region_DecidesTheEndpoints(string region, string ec2, string s3)
    {
        using var provider = new ServiceCollection().AddSkyCompatForTests();
        var drivers = new AwsProviderFactory().Create(new CloudConfiguration("main", "SkyCompat:Clouds:main", region, null), provider);

        drivers.Compute!.ServerAddress.ShouldBe(ec2);
        drivers.Storage!.ServerAddress.ShouldBe(s3);
    }

    [Fact]
    public void Options_DoNotPrintSecrets() =>
        new AwsOptions { AccessKeyId = "AKID", SecretAccessKey = "s3cr3t", SessionToken = "t0k3n", Endpoint = "http://h" }.ToString().ShouldBe("http://h");

    [Fact]
    public async Task OneSetOfCredentials_ServesStorageAndCompute()
    {
        account.Require();
        var options = account.Options();
        await using var host = Build(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:Clouds:main:Aws:AccessKeyId"] = options.AccessKeyId,
            ["SkyCompat:Clouds:main:Aws:SecretAccessKey"] = options.SecretAccessKey,
            ["SkyCompat:Clouds:main:Aws:SessionToken"] = options.SessionToken,
            ["SkyCompat:Clouds:main:Aws:Endpoint"] = options.Endpoint,
            ["SkyCompat:Clouds:main:Aws:S3Endpoint"] = options.S3Endpoint,
            ["SkyCompat:Clouds:main:Aws:AddressingStyle"] = "Path",
        });
        var cloud = host.GetRequiredService<ISky>().GetCloud("main");
        var bucket = $"skyc-{Guid.NewGuid():N}"[..20];

        await cloud.Storage.CreateBucketAsync(bucket);
        await cloud.Storage.GetBucket(bucket).PutTextAsync("hello.txt", "hello");

        (await cloud.Storage.GetBucket(bucket).GetTextAsync("hello.txt")).ShouldBe("hello");
        cloud.Compute.Capabilities.Supports(ComputeFeatures.Spot | ComputeFeatures.BulkLaunch | ComputeFeatures.Firewall).ShouldBeTrue();
        (await cloud.Compute.ListInstancesAsync().ToListAsync()).ShouldBeEmpty();
        await cloud.Storage.GetBucket(bucket).DeleteAsync("hello.txt");
        await cloud.Storage.DeleteBucketAsync(bucket);
    }

    private static ServiceProvider Build(IReadOnlyDictionary<string, string?> settings)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:DefaultCloud"] = "main",
            ["SkyCompat:Clouds:main:Provider"] = "Aws",
            ["SkyCompat:Clouds:main:Region"] = AwsTestCloud.Region,
        };
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        var services = new ServiceCollection().AddLogging();
        services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("SkyCompat")).AddAws();
        var host = services.BuildServiceProvider();
        host.GetRequiredService<ISky>().GetCloud("main");
        return host;
    }
}

file static class TestServices
{
    public static ServiceProvider AddSkyCompatForTests(this IServiceCollection services)
    {
        new AwsTestCloud.Builder(services).AddAws();
        return services.BuildServiceProvider();
    }
}
