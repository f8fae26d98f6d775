using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Hosting;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>The settings of compute.</summary>
public sealed class EcsOptionsTests
{
    [Theory]
    [InlineData("EcsEndpoint", "ecs.cn-hangzhou.aliyuncs.com", "is not an absolute http or https URL")]
    [InlineData("EcsEndpoint", "https://user:pass@ecs.example.com", "must not hold a user name or password")]
    [InlineData("VpcEndpoint", "https://vpc.example.com/path", "must not be followed by a path")]
    [InlineData("VpcEndpoint", "ftp://vpc.example.com", "is not an absolute http or https URL")]
    [InlineData("DiskCategory", "floppy", "use cloud_essd, cloud_auto, cloud_ssd, cloud_efficiency")]
    public void Validate_Wrong_NamesPlaceAndChoices(string key, string value, string expected)
    {
        var error = Validate(key, value).ShouldHaveSingleItem();

        error.ShouldStartWith($"SkyCompat:Clouds:ali:Alibaba:{key}: ");
        error.ShouldContain(expected);
        error.ShouldNotContain("pass@");
    }

    [Theory]
    [InlineData("EcsEndpoint", "http://127.0.0.1:8080")]
    [InlineData("VpcEndpoint", "https://vpc.example.com")]
    [InlineData("DiskCategory", "cloud_auto")]
    public void Validate_Right_HasNoErrors(string key, string value) => Validate(key, value).ShouldBeEmpty();

    [Fact]
    public async Task Create_NoEndpoints_GoesToTheRegion()
    {
        await using var services = Services();
        await using var driver = services.GetRequiredService<CloudProviderFactory>().Create(Cloud("AccessKeyId", "x", "AccessKeySecret", "y"), services).Compute!;

        (driver.ServerAddress, driver.Region, driver.Provider).ShouldBe(("ecs.eu-central-1.aliyuncs.com", "eu-central-1", CloudProvider.Alibaba));
        driver.Capabilities.MaxUserDataBytes.ShouldBe(32 * 1024);
    }

    private static IReadOnlyCollection<string> Validate(string key, string value)
    {
        using var services = Services();
        return services.GetRequiredService<CloudProviderFactory>().Validate(Cloud(key, value), services);
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddSkyCompat().AddAlibaba();
        return services.BuildServiceProvider();
    }

    private static CloudConfiguration Cloud(params string[] pairs)
    {
        const string Path = "SkyCompat:Clouds:ali";
        var values = pairs.Chunk(2).ToDictionary(pair => $"{Path}:Alibaba:{pair[0]}", pair => (string?)pair[1], StringComparer.Ordinal);
        return new CloudConfiguration("ali", Path, "eu-central-1", new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection($"{Path}:Alibaba"));
    }
}
