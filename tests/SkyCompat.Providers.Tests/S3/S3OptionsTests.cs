using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Hosting;
using SkyCompat.ObjectStorage;
using SkyCompat.S3;

namespace SkyCompat.Providers.Tests.S3;

public sealed class S3OptionsTests
{
    private const string Path = "SkyCompat:Clouds:store";

    [Theory]
    [InlineData("", $"{Path}:S3:Profile: a profile is required")]
    [InlineData("Profile=Minoi", "Did you mean 'MinIO'?")]
    [InlineData("Profile=Amazon S3", "Did you mean 'Aws'?")]
    [InlineData("Profile=Nothing", "Profiles: AlibabaOss, Aws, BackblazeB2, Ceph, CephTentacle, CloudflareR2, Custom, DigitalOceanSpaces, GoogleXml, HuaweiObs, IbmCos, MinIO, Oracle, Scaleway, TencentCos, Wasabi.")]
    [InlineData("Profile=MinIO", $"{Path}:S3:Endpoint: profile 'MinIO' has no endpoint of its own")]
    [InlineData("Profile=MinIO;Endpoint=store.example.com", $"{Path}:S3:Endpoint: 'store.example.com' is not an absolute http or https URL")]
    [InlineData("Profile=MinIO;Endpoint=ftp://store", $"{Path}:S3:Endpoint: 'ftp://store' is not an absolute http or https URL")]
    [InlineData("Profile=MinIO;Endpoint=https://store/?x=1", "must not be followed by a query")]
    [InlineData("Profile=Aws", $"{Path}:Region: profile 'Aws' needs a region")]
    [InlineData("Profile=Aws;Region=eu west", $"{Path}:S3:Region: 'eu west' is not a region")]
    [InlineData("Profile=GoogleXml;AccessKeyId=id", $"{Path}:S3:SecretAccessKey: set AccessKeyId and SecretAccessKey together")]
    [InlineData("Profile=GoogleXml;SecretAccessKey=hush", $"{Path}:S3:AccessKeyId: set AccessKeyId and SecretAccessKey together")]
    [InlineData("Profile=GoogleXml;SessionToken=hush", $"{Path}:S3:SessionToken: a session token belongs to")]
    [InlineData("Profile=GoogleXml;MaxConnections=0", $"{Path}:S3:MaxConnections: 0 is out of range; use 1 to 10000.")]
    [InlineData("Profile=GoogleXml;ConnectTimeout=01:00:00", $"{Path}:S3:ConnectTimeout: 01:00:00 is out of range")]
    [InlineData("Profile=GoogleXml;AdressingStyle=Path", "Did you mean 'AddressingStyle'?")]
    [InlineData("Profile=GoogleXml;AddressingStyle=Sideways", "Sideways")]
    [InlineData("Profile=GoogleXml;Overrides:MaxPart=1", $"{Path}:S3:Overrides:MaxPart: unknown key.")]
    [InlineData("Profile=GoogleXml;Overrides:MaxParts=0", $"{Path}:S3:Overrides:MaxParts: 0 is out of range")]
    [InlineData("Profile=GoogleXml;Overrides:MaxPartBytes=1024", $"{Path}:S3:Overrides:MinPartBytes: the smallest part")]
    [InlineData("Profile=GoogleXml;Overrides:MaxSignedLifetime=8.00:00:00", $"{Path}:S3:Overrides:MaxSignedLifetime:")]
    public void Validate_Wrong_NamesThePlaceAndTheChoices(string settings, string expected)
    {
        var errors = Validate(settings);

        errors.ShouldContain(error => error.Contains(expected, StringComparison.Ordinal), string.Join('\n', errors));
        errors.ShouldAllBe(error => !error.Contains("hush", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Profile=googlexml")]
    [InlineData("Profile=Aws;Region=eu-central-1")]
    [InlineData("Profile=MinIO;Endpoint=http://127.0.0.1:9000/base;AccessKeyId=a;SecretAccessKey=b;SessionToken=c;AddressingStyle=Path;PayloadSigning=Signed")]
    [InlineData("Profile=Custom;Endpoint=https://s3.example.com;Overrides:AddFeatures=PutIfAbsent, Tags;Overrides:RemoveFeatures=BatchDelete;Overrides:Checksums=ContentMd5;Overrides:ListVersion=V1")]
    public void Validate_Right_FindsNothing(string settings) => Validate(settings).ShouldBeEmpty();

    [Fact]
    public void Validate_PasswordInEndpoint_IsRefusedWithoutRepeatingIt()
    {
        var error = Validate("Profile=MinIO;Endpoint=https://user:hush@store").ShouldHaveSingleItem();

        error.ShouldContain("user name or password");
        error.ShouldNotContain("hush");
    }

    [Fact]
    public async Task Overrides_InConfiguration_ChangeTheCapabilities()
    {
        using var services = CreateServices();
        var cloud = Cloud("Profile=Custom;Endpoint=https://s3.example.com;AccessKeyId=a;SecretAccessKey=b;Overrides:AddFeatures=PutIfAbsent, Tags;Overrides:RemoveFeatures=BatchDelete;Overrides:Checksums=ContentMd5;Overrides:MaxParts=500");
        var storage = services.GetRequiredService<CloudProviderFactory>().Create(cloud, services).Storage!;
        var capabilities = await storage.OpenBucket("bucket").GetCapabilitiesAsync(default);

        capabilities.Supports(BucketFeatures.PutIfAbsent | BucketFeatures.Tags | BucketFeatures.UploadChecksum).ShouldBeTrue();
        capabilities.Supports(BucketFeatures.BatchDelete).ShouldBeFalse();
        (capabilities.UploadChecksumAlgorithm, capabilities.MaxParts).ShouldBe((ChecksumAlgorithm.Md5, 500));
        await storage.DisposeAsync();
    }

    [Fact]
    public void Profile_AddedInCode_IsChosenByName()
    {
        using var services = CreateServices(builder => builder.AddS3Profile(S3Profiles.MinIO with { Name = "Ours", EndpointTemplate = "https://s3.ours.test" }));

        services.GetRequiredService<CloudProviderFactory>().Validate(Cloud("Profile=ours"), services).ShouldBeEmpty();
    }

    [Fact]
    public void Presets_All_AreWhole()
    {
        S3Profiles.All.Select(profile => profile.Name).ShouldBeUnique(StringComparer.OrdinalIgnoreCase);
        foreach (var profile in S3Profiles.All)
        {
            var capabilities = profile.ToCapabilities();
            profile.Name.ShouldNotBeNullOrEmpty();
            capabilities.Supports(BucketFeatures.Multipart | BucketFeatures.SignGet | BucketFeatures.OrderedList).ShouldBeTrue(profile.Name);
            capabilities.MinPartBytes.ShouldBeLessThanOrEqualTo(capabilities.MaxPartBytes, profile.Name);
            // An endpoint with a region in it must not fall back to a default region silently.
            (profile.EndpointTemplate?.Contains("{region}", StringComparison.Ordinal) == true && profile.DefaultRegion is not null).ShouldBeFalse(profile.Name);
        }
    }

    [Theory]
    [InlineData("media", "https://media.s3.eu-central-1.amazonaws.com", "/")]
    [InlineData("me.dia", "https://s3.eu-central-1.amazonaws.com", "/me.dia/")]
    public void Endpoint_VirtualHost_KeepsDottedNamesInThePath(string bucket, string origin, string path)
    {
        var address = new S3Endpoint(S3Profiles.Aws.EndpointTemplate, null, "eu-central-1", S3AddressingStyle.VirtualHost).AddressOf(bucket, "eu-central-1");

        (address.Origin, address.Path).ShouldBe((origin, path));
    }

    [Theory]
    [InlineData("https://store.test", true, false)]
    [InlineData("http://127.0.0.1:9000", false, false)]
    [InlineData("http://localhost:9000", false, false)]
    [InlineData("http://store.test", false, true)]
    public void Endpoint_BodiesAreSigned_WhereSomebodyCouldChangeThem(string url, bool https, bool exposed)
    {
        var endpoint = new S3Endpoint(null, url, "us-east-1", S3AddressingStyle.Path);

        (endpoint.IsHttps, endpoint.IsExposed).ShouldBe((https, exposed));
    }

    [Theory]
    [InlineData("abc", true)]
    [InlineData("a.b-c.9", true)]
    [InlineData("ab", false)]
    [InlineData("Abc", false)]
    [InlineData("a_b", false)]
    [InlineData("-abc", false)]
    [InlineData("abc.", false)]
    [InlineData("a..b", false)]
    [InlineData("a.-b", false)]
    [InlineData("192.168.1.1", false)]
    public void BucketName_IsExplained(string name, bool fine) => (S3BucketName.Explain(name) is null).ShouldBe(fine);

    [Fact]
    public void BucketName_TooLong_IsExplained() => S3BucketName.Explain(new string('a', 64)).ShouldNotBeNull();

    private static IReadOnlyCollection<string> Validate(string settings)
    {
        using var services = CreateServices();
        return services.GetRequiredService<CloudProviderFactory>().Validate(Cloud(settings), services);
    }

    private static ServiceProvider CreateServices(Action<ISkyCompatBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        var builder = services.AddSkyCompat().AddS3();
        configure?.Invoke(builder);
        return services.BuildServiceProvider();
    }

    private static CloudConfiguration Cloud(string settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => KeyValuePair.Create($"{Path}:S3:{pair[..pair.IndexOf('=')]}", (string?)pair[(pair.IndexOf('=') + 1)..]))).Build();
        return new CloudConfiguration("store", Path, null, configuration.GetSection($"{Path}:S3"));
    }
}
