using SkyCompat.Alibaba;

namespace SkyCompat.Providers.Tests.Alibaba;

public sealed class AlibabaOptionsTests
{
    private const string Path = AlibabaTestServices.Path;

    [Theory]
    [InlineData("", null, $"{Path}:Region: a region is required")]
    [InlineData("", "oss-cn-hangzhou", "write the region alone: 'cn-hangzhou'")]
    [InlineData("", "CN Hangzhou", $"{Path}:Region: 'CN Hangzhou' is not a region")]
    [InlineData("Endpoint=oss.example.com", "cn-hangzhou", $"{Path}:Alibaba:Endpoint: 'oss.example.com' is not an absolute http or https URL")]
    [InlineData("Endpoint=https://oss.example.com/base", "cn-hangzhou", $"{Path}:Alibaba:Endpoint: 'https://oss.example.com' must not be followed by a path")]
    [InlineData("Endpoint=https://id:hush@oss.example.com", "cn-hangzhou", "user name or password")]
    [InlineData("StsEndpoint=sts", "cn-hangzhou", $"{Path}:Alibaba:StsEndpoint: 'sts' is not an absolute")]
    [InlineData("Network=Intrnal", "cn-hangzhou", $"{Path}:Alibaba:Network: 'Intrnal' is not among the choices. Did you mean 'Internal'? Choices: Accelerate, AccelerateOverseas, Internal, Public.")]
    [InlineData("Network=Internal;Endpoint=https://oss.example.com", "cn-hangzhou", $"{Path}:Alibaba:Network: Internal chooses an endpoint")]
    [InlineData("Addressing=Path", "cn-hangzhou", $"{Path}:Alibaba:Addressing: Path needs an Endpoint")]
    [InlineData("Addressing=CustomDomain", "cn-hangzhou", $"{Path}:Alibaba:Addressing: CustomDomain needs an Endpoint")]
    [InlineData("AccessKeyId=id", "cn-hangzhou", $"{Path}:Alibaba:AccessKeySecret: set AccessKeyId and AccessKeySecret together")]
    [InlineData("AccessKeySecret=hush", "cn-hangzhou", $"{Path}:Alibaba:AccessKeyId: set AccessKeyId and AccessKeySecret together")]
    [InlineData("SecurityToken=hush", "cn-hangzhou", $"{Path}:Alibaba:SecurityToken: a security token belongs to")]
    [InlineData("AccessKeyId=id;AccessKeySecret=hush;CredentialProfile=p", "cn-hangzhou", $"{Path}:Alibaba:CredentialProfile: keys are configured too")]
    [InlineData("MaxConnections=0", "cn-hangzhou", $"{Path}:Alibaba:MaxConnections: 0 is out of range; use 1 to 10000.")]
    [InlineData("ConnectTimeout=01:00:00", "cn-hangzhou", $"{Path}:Alibaba:ConnectTimeout: 01:00:00 is out of range")]
    [InlineData("AccesKeyId=id", "cn-hangzhou", "Did you mean 'AccessKeyId'?")]
    public void Validate_Wrong_NamesThePlaceAndTheChoices(string settings, string? region, string expected)
    {
        var errors = AlibabaTestServices.Validate(settings, region);

        errors.ShouldContain(error => error.Contains(expected, StringComparison.Ordinal), string.Join('\n', errors));
        errors.ShouldAllBe(error => !error.Contains("hush", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Network=Internal;AccessKeyId=a;AccessKeySecret=b;SecurityToken=c")]
    [InlineData("Network=AccelerateOverseas;CredentialProfile=work;StsEndpoint=https://sts.example.com")]
    [InlineData("Endpoint=http://192.0.2.1:8080;MaxConnections=10;ConnectTimeout=00:00:01")]
    [InlineData("Endpoint=https://files.example.com;Addressing=CustomDomain")]
    public void Validate_Right_FindsNothing(string settings) => AlibabaTestServices.Validate(settings, "cn-hangzhou").ShouldBeEmpty();

    [Fact]
    public void ToString_ShowsNoSecrets()
    {
        var options = new AlibabaOptions { Endpoint = "https://oss.example.com", AccessKeyId = "id", AccessKeySecret = "hush", SecurityToken = "hush" };

        options.ToString().ShouldBe("Public https://oss.example.com");
    }

    [Theory]
    [InlineData("", "https://media.oss-cn-hangzhou.aliyuncs.com", "/", "/", "/media")]
    [InlineData("Network=Internal", "https://media.oss-cn-hangzhou-internal.aliyuncs.com", "/", "/", "/media")]
    [InlineData("Network=Accelerate", "https://media.oss-accelerate.aliyuncs.com", "/", "/", "/media")]
    [InlineData("Network=AccelerateOverseas", "https://media.oss-accelerate-overseas.aliyuncs.com", "/", "/", "/media")]
    [InlineData("Endpoint=https://oss.private.example.com", "https://media.oss.private.example.com", "/", "/", "/media")]
    [InlineData("Endpoint=http://192.0.2.1:8080", "http://192.0.2.1:8080", "/media/", "/media/", "")]
    [InlineData("Endpoint=http://[2001:db8::1]", "http://[2001:db8::1]", "/media/", "/media/", "")]
    [InlineData("Endpoint=http://localhost:4444", "http://localhost:4444", "/media/", "/media/", "")]
    [InlineData("Endpoint=http://gateway.example.com;Addressing=Path", "http://gateway.example.com", "/media/", "/media/", "")]
    [InlineData("Endpoint=https://files.example.com;Addressing=CustomDomain", "https://files.example.com", "/", "/", "/media")]
    public void Endpoint_Bucket_IsAddressed(string settings, string origin, string path, string bucketPath, string signedPrefix)
    {
        var options = new AlibabaOptions();
        Microsoft.Extensions.Configuration.ConfigurationBinder.Bind(AlibabaTestServices.Cloud(settings, "cn-hangzhou").Section!, options);

        var address = new OssEndpoint(options, "cn-hangzhou").AddressOf("media", "cn-hangzhou");

        (address.Origin, address.Path, address.BucketPath, address.SignedPrefix).ShouldBe((origin, path, bucketPath, signedPrefix));
    }

    [Theory]
    [InlineData("abc", true)]
    [InlineData("a-b-9", true)]
    [InlineData("ab", false)]
    [InlineData("Abc", false)]
    [InlineData("a.b.c", false)]
    [InlineData("a_b", false)]
    [InlineData("-abc", false)]
    [InlineData("abc-", false)]
    public void BucketName_IsExplained(string name, bool fine) => (OssBucketName.Explain(name) is null).ShouldBe(fine);
}
