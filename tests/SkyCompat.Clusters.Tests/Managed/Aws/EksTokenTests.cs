using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkyCompat.Aws;
using SkyCompat.S3;

namespace SkyCompat.Clusters.Tests.Managed.Aws;

/// <summary>Tokens of EKS against a vector that three independent implementations agree on.</summary>
public sealed class EksTokenTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.ParseExact("20260102T030405Z", "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static ClusterCredential Create(string? session = null, DateTimeOffset? ends = null) =>
        new EksToken("us-east-1", "sts.us-east-1.amazonaws.com").Create("demo-cluster", new S3Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", session, ends), Now);

    private static string UrlOf(ClusterCredential credential) => Encoding.ASCII.GetString(Base64Url.DecodeFromChars(credential.BearerToken.AsSpan("k8s-aws-v1.".Length)));

    [Fact]
    public void Token_OfTheVector()
    {
        var token = Create().BearerToken!;
        token.Length.ShouldBe(481);
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token))).ShouldBe("e68b70c41f9eccfafa9fba7ff148ecc4769cc27f271f2c7822f0d617318932ec");
        UrlOf(Create()).ShouldEndWith("X-Amz-Signature=699b7615ffb6f1646cb9ce8c74dd24f1e2c8f0575dc7ecb630bbc324dbf93428");
    }

    [Fact]
    public void Token_EndsAfterFifteenMinutes_OrWithTheCredentials()
    {
        Create().ExpiresAt.ShouldBe(Now.AddMinutes(15));
        Create("session", Now.AddMinutes(5)).ExpiresAt.ShouldBe(Now.AddMinutes(5));
    }

    [Fact]
    public void SessionToken_IsPartOfTheRequest() => UrlOf(Create("a/b")).ShouldContain("&X-Amz-Security-Token=a%2Fb&");
}
