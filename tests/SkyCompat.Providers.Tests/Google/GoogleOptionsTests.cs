using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Google;
using SkyCompat.Hosting;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Google;

public sealed class GoogleOptionsTests
{
    private const string Path = "SkyCompat:Clouds:gcp";

    [Theory]
    [InlineData("AccessToken=hush;Anonymous=true", $"{Path}:Google:Anonymous: AccessToken and Anonymous exclude each other")]
    [InlineData("CredentialsJson={};AccessToken=hush", $"{Path}:Google:AccessToken: CredentialsJson and AccessToken exclude each other")]
    [InlineData("CredentialsFile=/no/such/file.json", $"{Path}:Google:CredentialsFile: there is no file '/no/such/file.json'")]
    [InlineData("CredentialsJson=hush", $"{Path}:Google:CredentialsJson: the text is not a credential")]
    [InlineData("CredentialsJson={\"private_key\":\"hush\"}", $"{Path}:Google:CredentialsJson: the text is not a credential")]
    [InlineData("AccessToken=hush hush", $"{Path}:Google:AccessToken: the text is not an access token")]
    [InlineData("Endpoint=storage.example.com", $"{Path}:Google:Endpoint: 'storage.example.com' is not an absolute http or https URL")]
    [InlineData("Endpoint=https://store/?x=1", "must not be followed by a query")]
    [InlineData("Endpoint=https://user:hush@store", "the URL must not hold a user name or password")]
    [InlineData("Endpoint=http://store.example.com", $"{Path}:Google:Endpoint: 'http://store.example.com' is plain http to another machine")]
    [InlineData("IamEndpoint=iam", $"{Path}:Google:IamEndpoint: 'iam' is not an absolute http or https URL")]
    [InlineData("ProjectId=my project", $"{Path}:Google:ProjectId: 'my project' is not a project id")]
    [InlineData("SignerEmail=signer", $"{Path}:Google:SignerEmail: 'signer' is not the address of a service account")]
    [InlineData("Anonymous=true;SignerEmail=a@b", $"{Path}:Google:SignerEmail: signing through IAM needs credentials")]
    [InlineData("MaxConnections=0", $"{Path}:Google:MaxConnections: 0 is out of range; use 1 to 10000.")]
    [InlineData("ConnectTimeout=01:00:00", $"{Path}:Google:ConnectTimeout: 01:00:00 is out of range")]
    [InlineData("Anonymous=perhaps", "perhaps")]
    [InlineData("Projectid2=a", $"{Path}:Google:Projectid2: unknown key.")]
    [InlineData("ProjectI=a", "Did you mean 'ProjectId'?")]
    public void Validate_Wrong_NamesThePlaceAndTheChoices(string settings, string expected)
    {
        var errors = Validate(settings);

        errors.ShouldContain(error => error.Contains(expected, StringComparison.Ordinal), string.Join('\n', errors));
        errors.ShouldAllBe(error => !error.Contains("hush", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ProjectId=my-project-1")]
    [InlineData("Anonymous=true;Endpoint=http://store.example.com:4443/base")]
    [InlineData("AccessToken=ya29.abc;Endpoint=http://127.0.0.1:4443;SignerEmail=signer@project.iam.gserviceaccount.com;IamEndpoint=http://localhost:1")]
    [InlineData("CredentialsJson={\"type\":\"external_account\"};ProjectId=example.com:old;MaxConnections=10000;ConnectTimeout=00:00:00.5")]
    public void Validate_Right_FindsNothing(string settings) => Validate(settings).ShouldBeEmpty();

    [Fact]
    public void Region_ThatIsNoLocation_IsRefused()
    {
        using var services = CreateServices();
        var cloud = new CloudConfiguration("gcp", Path, "eu west", null);

        services.GetRequiredService<CloudProviderFactory>().Validate(cloud, services).ShouldContain(error => error.StartsWith($"{Path}:Region: 'eu west' is not a location", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Anonymous=true", false)]
    [InlineData("AccessToken=t", false)]
    [InlineData("AccessToken=t;SignerEmail=a@b.iam.gserviceaccount.com", true)]
    [InlineData("", true)]
    public async Task Capabilities_CredentialsThatCannotSign_LackSigning(string settings, bool signs)
    {
        using var services = CreateServices();
        await using var storage = services.GetRequiredService<CloudProviderFactory>().Create(Cloud(settings), services).Storage!;

        ((GoogleStorageDriver)storage).Capabilities.Supports(BucketFeatures.SignGet).ShouldBe(signs);
    }

    [Fact]
    public void AddGoogle_Twice_IsOnce()
    {
        using var services = CreateServices(builder => builder.AddGoogle());

        services.GetServices<CloudProviderFactory>().ShouldHaveSingleItem();
    }

    [Fact]
    public void ToString_ShowsNoSecret() =>
        new GoogleOptions { ProjectId = "p", Endpoint = "https://e", AccessToken = "hush", CredentialsJson = "hush" }.ToString().ShouldBe("p https://e");

    [Theory]
    [InlineData("ab", "has 3 to 63 characters")]
    [InlineData("Bucket", "not 'B'")]
    [InlineData("bucket-", "begins and ends with a letter or digit")]
    [InlineData("a..b", "Between the dots")]
    [InlineData("192.168.0.1", "IP address")]
    [InlineData("goog-bucket", "does not begin with 'goog'")]
    [InlineData("my-google-bucket", "hold 'google'")]
    public void BucketName_Wrong_IsExplained(string name, string expected) => GoogleBucketName.Explain(name)!.ShouldContain(expected);

    [Theory]
    [InlineData("abc")]
    [InlineData("a_b-c.d1")]
    [InlineData("www.example.com")]
    public void BucketName_Right_IsFine(string name) => GoogleBucketName.Explain(name).ShouldBeNull();

    private static IReadOnlyCollection<string> Validate(string settings)
    {
        using var services = CreateServices();
        return services.GetRequiredService<CloudProviderFactory>().Validate(Cloud(settings), services);
    }

    private static CloudConfiguration Cloud(string settings)
    {
        var values = settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => $"{Path}:Google:{pair[0]}", pair => (string?)pair[1], StringComparer.Ordinal);
        var section = new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection($"{Path}:Google");
        return new CloudConfiguration("gcp", Path, null, section);
    }

    private static ServiceProvider CreateServices(Action<ISkyCompatBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        var builder = services.AddSkyCompat().AddGoogle();
        configure?.Invoke(builder);
        return services.BuildServiceProvider();
    }
}
