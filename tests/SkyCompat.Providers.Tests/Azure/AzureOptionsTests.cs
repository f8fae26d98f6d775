using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Azure;
using SkyCompat.Hosting;

namespace SkyCompat.Providers.Tests.Azure;

public sealed class AzureOptionsTests
{
    private const string Path = "SkyCompat:Clouds:store";
    private const string Key = "AccountKey=aHVzaA==";

    [Theory]
    [InlineData("", $"{Path}:Azure:BlobServiceUri: the account is not named; set BlobServiceUri")]
    [InlineData("AccountName=Acme_Media", $"{Path}:Azure:AccountName: 'Acme_Media' is not the name of a storage account")]
    [InlineData("BlobServiceUri=acme.blob.core.windows.net", $"{Path}:Azure:BlobServiceUri: 'acme.blob.core.windows.net' is not an absolute http or https URL")]
    [InlineData("BlobServiceUri=ftp://acme", "is not an absolute http or https URL")]
    [InlineData("BlobServiceUri=https://acme.blob.core.windows.net?sv=1&sig=hush", "must not be followed by a query or fragment; set a shared access signature as SasToken")]
    [InlineData("BlobServiceUri=https://user:hush@acme.blob.core.windows.net", "must not hold a user name or password")]
    [InlineData("BlobServiceUri=http://acme.blob.core.windows.net", "Entra ID tokens are sent over https only")]
    [InlineData("BlobServiceUri=http://127.0.0.1:10000;" + Key, $"{Path}:Azure:AccountName: the endpoint does not name the account")]
    [InlineData("AccountName=acmemedia;AccountKey=hush!", $"{Path}:Azure:AccountKey: the account key is not base64")]
    [InlineData("AccountName=acmemedia;SasToken=hush", $"{Path}:Azure:SasToken: the shared access signature has no 'sig'")]
    [InlineData("AccountName=acmemedia;" + Key + ";SasToken=sv%3D1&sig%3Dhush", $"{Path}:Azure:SasToken: set AccountKey or SasToken, not both")]
    [InlineData("AccountName=acmemedia;" + Key + ";Credential=AzureCli", $"{Path}:Azure:Credential: a key or SAS is set, so no identity is used")]
    [InlineData("AccountName=acmemedia;Credential=ClientSecret;ClientId=c;ClientSecret=hush", $"{Path}:Azure:TenantId: Credential ClientSecret needs TenantId, ClientId and ClientSecret")]
    [InlineData("AccountName=acmemedia;ClientSecret=hush", $"{Path}:Azure:ClientSecret: it is used with Credential ClientSecret only")]
    [InlineData("AccountName=acmemedia;Credential=Magic", $"{Path}:Azure:Credential: 'Magic' is not among the choices. Choices: AzureCli")]
    [InlineData("AccountName=acmemedia;MaxConnections=many", $"{Path}:Azure:MaxConnections: 'many' is not a whole number.")]
    [InlineData("AccountName=acmemedia;VersioningEnabled=yes", $"{Path}:Azure:VersioningEnabled: 'yes' is not true or false.")]
    [InlineData("AccountName=acmemedia;ConnectTimeout=soon", $"{Path}:Azure:ConnectTimeout: 'soon' is not a duration, such as 00:00:05.")]
    [InlineData("AccountName=acmemedia;AuthorityHost=http://login", $"{Path}:Azure:AuthorityHost: 'http://login' is not an absolute https URL")]
    [InlineData("AccountName=acmemedia;MaxConnections=0", $"{Path}:Azure:MaxConnections: 0 is out of range; use 1 to 10000.")]
    [InlineData("AccountName=acmemedia;ConnectTimeout=01:00:00", $"{Path}:Azure:ConnectTimeout: 01:00:00 is out of range")]
    [InlineData("AccountName=acmemedia;VersioningEnabled=true;HierarchicalNamespace=true", $"{Path}:Azure:VersioningEnabled: an account with a hierarchical namespace keeps no versions")]
    [InlineData("AcountName=acmemedia", "Did you mean 'AccountName'?")]
    [InlineData("ConnectionString=hush", $"{Path}:Azure:ConnectionString: it is not of the form Name=Value;Name=Value")]
    [InlineData("ConnectionString=AccountKey%3DaHVzaA%3D%3D", $"{Path}:Azure:ConnectionString: it names neither AccountName nor BlobEndpoint")]
    [InlineData("ConnectionString=AccountName%3Dacmemedia%3BAcountKey%3DaHVzaA%3D%3D", $"{Path}:Azure:ConnectionString: it has a setting that connection strings do not have. Settings: AccountKey, AccountName")]
    [InlineData("ConnectionString=AccountName%3Dacmemedia", $"{Path}:Azure:ConnectionString: it has neither AccountKey nor SharedAccessSignature")]
    [InlineData("ConnectionString=AccountName%3Dacmemedia%3BAccountKey%3Dhush!", $"{Path}:Azure:ConnectionString: the account key is not base64")]
    [InlineData("ConnectionString=UseDevelopmentStorage%3Dtrue;AccountName=acmemedia", $"{Path}:Azure:ConnectionString: it names the account already")]
    public void Validate_Wrong_NamesThePlaceAndTheChoices(string settings, string expected)
    {
        var errors = Validate(settings);

        errors.ShouldContain(error => error.Contains(expected, StringComparison.Ordinal), string.Join('\n', errors));
        errors.ShouldAllBe(error => !error.Contains("hush", StringComparison.Ordinal) && !error.Contains("aHVzaA", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_ConnectionStringInPlaceOfTheSection_IsNotRepeated()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection([new($"{Path}:Azure", "AccountName=acmemedia;AccountKey=hush")]).Build().GetSection($"{Path}:Azure");

        var error = Validate(section).ShouldHaveSingleItem();

        error.ShouldStartWith($"{Path}:Azure: expected a section, found a value. Keys: AccountKey, AccountName");
        error.ShouldNotContain("hush");
    }

    [Theory]
    [InlineData("AccountName=acmemedia")]
    [InlineData("BlobServiceUri=https://acmemedia.blob.core.windows.net;Credential=ManagedIdentity;ClientId=c")]
    [InlineData("AccountName=acmemedia;Credential=ClientSecret;TenantId=t;ClientId=c;ClientSecret=s;AuthorityHost=https://login.microsoftonline.us")]
    [InlineData("AccountName=acmemedia;" + Key + ";VersioningEnabled=true;HierarchicalNamespace=false")]
    [InlineData("BlobServiceUri=http://127.0.0.1:10000/devstoreaccount1;SasToken=%3Fsv%3D1&sig%3Dx")]
    [InlineData("ConnectionString=UseDevelopmentStorage%3Dtrue")]
    [InlineData("ConnectionString=AccountName%3Dacmemedia;Credential=AzureCli")]
    [InlineData("ConnectionString=DefaultEndpointsProtocol%3Dhttps%3BAccountName%3Dacmemedia%3BAccountKey%3DaHVzaA%3D%3D%3BEndpointSuffix%3Dcore.windows.net")]
    [InlineData("ConnectionString=BlobEndpoint%3Dhttps://acmemedia.blob.core.windows.net/%3BSharedAccessSignature%3Dsv%3D1&sig%3Dx")]
    public void Validate_Right_FindsNothing(string settings) => Validate(settings).ShouldBeEmpty();

    [Theory]
    [InlineData("AccountName=acmemedia", "acmemedia https://acmemedia.blob.core.windows.net/")]
    [InlineData("BlobServiceUri=https://acmemedia.z6.blob.storage.azure.net", "acmemedia https://acmemedia.z6.blob.storage.azure.net/")]
    [InlineData("BlobServiceUri=http://127.0.0.1:10000/devstoreaccount1", "devstoreaccount1 http://127.0.0.1:10000/devstoreaccount1")]
    [InlineData("ConnectionString=UseDevelopmentStorage%3Dtrue", "devstoreaccount1 http://127.0.0.1:10000/devstoreaccount1")]
    [InlineData("ConnectionString=AccountName%3Dacmemedia%3BAccountKey%3DaHVzaA%3D%3D%3BEndpointSuffix%3Dcore.chinacloudapi.cn", "acmemedia https://acmemedia.blob.core.chinacloudapi.cn/")]
    public void Account_OfSettings_IsNamed(string settings, string expected)
    {
        var account = AzureAccount.Of(Section(settings).Get<AzureOptions>() ?? new AzureOptions());

        account.ToString().ShouldBe(expected);
    }

    [Fact]
    public void Options_AsText_ShowNoSecret()
    {
        var options = new AzureOptions { AccountName = "acmemedia", AccountKey = "hush", SasToken = "hush", ConnectionString = "hush", ClientSecret = "hush" };

        options.ToString().ShouldBe("acmemedia");
        AzureAccount.Of(options).ToString().ShouldNotContain("hush");
    }

    private static IReadOnlyCollection<string> Validate(string settings) => Validate(Section(settings));

    private static IReadOnlyCollection<string> Validate(IConfigurationSection section)
    {
        var services = new ServiceCollection();
        services.AddSkyCompat().AddAzure();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<CloudProviderFactory>().Validate(new CloudConfiguration("store", Path, region: null, section), provider);
    }

    /// <summary>Settings as <c>Name=Value;Name=Value</c>, values percent-encoded where they hold a sign of that form.</summary>
    private static IConfigurationSection Section(string settings)
    {
        var values = settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=', 2))
            .ToDictionary(pair => $"{Path}:Azure:{pair[0]}", pair => (string?)Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection($"{Path}:Azure");
    }
}
