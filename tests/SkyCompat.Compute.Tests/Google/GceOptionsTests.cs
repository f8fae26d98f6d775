using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SkyCompat.Compute.Tests.Google;

/// <summary>The settings of compute.</summary>
public sealed class GceOptionsTests
{
    [Fact]
    public async Task WithoutProject_ThereIsNoCompute()
    {
        await using var services = Build(Settings());
        var cloud = services.GetRequiredService<ISky>().GetCloud("gce");
        cloud.Storage.ShouldNotBeNull();
        Should.Throw<CloudException>(() => cloud.Compute).Code.ShouldBe(CloudErrorCode.Unsupported);
    }

    [Fact]
    public async Task WithProject_ThereIsCompute()
    {
        await using var services = Build(Settings(("Google:ProjectId", "my-project-1")));
        var compute = services.GetRequiredService<ISky>().GetCloud("gce").Compute;
        compute.Capabilities.Supports(ComputeFeatures.Hibernate | ComputeFeatures.Spot | ComputeFeatures.QuotaProbe).ShouldBeTrue();
        compute.Capabilities.Supports(ComputeFeatures.BulkLaunch).ShouldBeFalse();
        compute.Capabilities.Supports(ComputeFeatures.KeyPairs).ShouldBeFalse();
        compute.Capabilities.RestrictedTags.ShouldBeTrue();
    }

    [Theory]
    [InlineData("not a url", "not an absolute http or https URL")]
    [InlineData("https://compute.example/?a=b", "must not be followed by a query")]
    [InlineData("https://user:secret@compute.example", "must not hold a user name or password")]
    [InlineData("http://compute.example", "plain http to another machine")]
    public void ComputeEndpoint_Malformed_IsRefusedAtStart(string endpoint, string says)
    {
        var error = Refuse(Settings(("Google:ProjectId", "my-project-1"), ("Google:ComputeEndpoint", endpoint)));
        error.ShouldContain("SkyCompat:Clouds:gce:Google:ComputeEndpoint");
        error.ShouldContain(says);
        error.ShouldNotContain("secret");
    }

    [Fact]
    public void ComputeEndpoint_WithoutProject_IsRefusedAtStart() =>
        Refuse(Settings(("Google:ComputeEndpoint", "https://compute.example"))).ShouldContain("needs ProjectId");

    [Theory]
    [InlineData("EU")]
    [InlineData(null)]
    public async Task Region_ThatIsNone_IsNamedWhenOneIsNeeded(string? region)
    {
        await using var services = Build(Settings(("Google:ProjectId", "my-project-1"), ("Region", region)));
        var compute = services.GetRequiredService<ISky>().GetCloud("gce").Compute;
        var error = await Should.ThrowAsync<CloudException>(async () =>
        {
            await foreach (var offer in compute.FindOffersAsync(new OfferQuery(new MachineNeed())))
            {
                offer.ShouldBeNull();
            }
        });
        error.Code.ShouldBe(CloudErrorCode.InvalidArgument);
        error.Message.ShouldContain("Region");
    }

    private static Dictionary<string, string?> Settings(params (string Key, string? Value)[] settings) => settings.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    private static string Refuse(Dictionary<string, string?> settings)
    {
        using var services = Build(settings);
        return Should.Throw<OptionsValidationException>(() => services.GetRequiredService<ISky>().GetCloud("gce")).Message;
    }

    private static ServiceProvider Build(Dictionary<string, string?> settings)
    {
        var values = settings.ToDictionary(pair => $"SkyCompat:Clouds:gce:{pair.Key}", pair => pair.Value, StringComparer.Ordinal);
        values["SkyCompat:Clouds:gce:Provider"] = "Google";
        values["SkyCompat:Clouds:gce:Google:AccessToken"] = "token";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection().AddLogging();
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddGoogle();
        return services.BuildServiceProvider();
    }
}
