using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using SkyCompat.ObjectStorage;
using SkyCompat.S3;

namespace SkyCompat.Providers.Tests.S3;

public sealed class SigV4SignerTests
{
    private const string SecretOfS3Examples = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Host = "examplebucket.s3.amazonaws.com";

    /// <summary>Amazon's published suite (aws-sig-v4-test-suite).</summary>
    [Theory]
    [InlineData("GET", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("GET", "Param1=value1&Param2=value2", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    public void Sign_PublishedSuite_SameSignature(string method, string query, string signature)
    {
        var credentials = new S3Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null, null);
        NameValue[] headers = [new("host", "example.amazonaws.com"), new("x-amz-date", "20150830T123600Z")];

        Sign(new SigV4Signer("service"), credentials, method, "/", query, headers, SigV4Signer.EmptyPayload, "20150830T123600Z").ShouldBe(signature);
    }

    [Fact]
    public void Sign_PublishedHeaderTrim_SameSignature()
    {
        var credentials = new S3Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null, null);
        NameValue[] headers = [new("host", "example.amazonaws.com"), new("my-header1", " value1"), new("my-header2", " \"a   b   c\""), new("x-amz-date", "20150830T123600Z")];

        Sign(new SigV4Signer("service"), credentials, "GET", "/", "", headers, SigV4Signer.EmptyPayload, "20150830T123600Z")
            .ShouldBe("acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
    }

    /// <summary>The examples of "Signature Calculations for the Authorization Header" in the S3 documents.</summary>
    [Theory]
    [InlineData("GET", "/test.txt", "", "range=bytes=0-9", SigV4Signer.EmptyPayload, "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("PUT", "/test%24file.text", "", "date=Fri, 24 May 2013 00:00:00 GMT|x-amz-storage-class=REDUCED_REDUNDANCY", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")]
    [InlineData("GET", "/", "lifecycle=", "", SigV4Signer.EmptyPayload, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("GET", "/", "max-keys=2&prefix=J", "", SigV4Signer.EmptyPayload, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Authorize_S3Examples_SameSignature(string method, string path, string query, string extra, string payload, string signature)
    {
        var headers = extra.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(pair => new NameValue(pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]))
            .Append(new("host", Host)).Append(new("x-amz-content-sha256", payload)).Append(new("x-amz-date", "20130524T000000Z")).ToArray();
        NameValue.Sort(headers);

        new SigV4Signer().Authorize(ExampleCredentials(), new SigningInput
        {
            Method = method,
            Path = path,
            Query = query,
            Headers = headers,
            Payload = payload,
            Region = "us-east-1",
            Stamp = "20130524T000000Z",
        }).ShouldBe(
            $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders={string.Join(';', headers.Select(h => h.Name))},Signature={signature}");
    }

    [Fact]
    public async Task Presign_S3Example_SameUrl()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));
        await using var cloud = S3TestCloud.Create(
            S3Profiles.Custom,
            new S3Options { Endpoint = "https://s3.amazonaws.com", AddressingStyle = S3AddressingStyle.VirtualHost, AccessKeyId = "AKIAIOSFODNN7EXAMPLE", SecretAccessKey = SecretOfS3Examples },
            time);

        var signed = await cloud.Storage.OpenBucket("examplebucket").SignAsync("test.txt", new SignOptions { Lifetime = TimeSpan.FromSeconds(86400) }, default);

        signed.Url.AbsoluteUri.ShouldBe(
            $"https://{Host}/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z" +
            "&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
        signed.ExpiresAt.ShouldBe(time.GetUtcNow().AddDays(1));
    }

    [Fact]
    public async Task Presign_RandomKeys_AsTheSdkSigns()
    {
        var options = new S3Options { Endpoint = "https://store.test:8443", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = SecretOfS3Examples, SessionToken = "to/ken+==" };
        using var sdk = new AmazonS3Client(options.AccessKeyId, options.SecretAccessKey, options.SessionToken, new AmazonS3Config
        {
            ServiceURL = options.Endpoint,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
        });
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var cloud = S3TestCloud.Create(S3Profiles.Custom, options, time);
        var bucket = cloud.Storage.OpenBucket("bucket");

        // No dots here: the SDK's own URL type resolves dot segments. Ours are tested against the servers.
        var keys = Gen.OneOf(Gen.Char[' ', '-'], Gen.Char['0', '~'], Gen.Char['\u00A0', '\u0500'], Gen.Const('/'), Gen.Const('+'), Gen.Const('%')).Array[1, 60].Select(chars => "k" + new string(chars));
        keys.Sample(
            key =>
            {
                var url = sdk.GetPreSignedURL(new GetPreSignedUrlRequest { BucketName = "bucket", Key = key, Expires = DateTime.UtcNow.AddHours(1), Verb = HttpVerb.PUT, ContentType = "text/plain" });
                var query = QueryOf(url);
                // The time of the SDK's clock and the lifetime that it computed.
                time.AdjustTime(DateTimeOffset.ParseExact(query["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
                var signed = bucket.SignAsync(
                    key,
                    new SignOptions { Method = SignedMethod.Put, ContentType = "text/plain", Lifetime = TimeSpan.FromSeconds(int.Parse(query["X-Amz-Expires"], CultureInfo.InvariantCulture)) },
                    default).GetAwaiter().GetResult();
                return QueryOf(signed.Url.AbsoluteUri)["X-Amz-Signature"] == query["X-Amz-Signature"];
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public async Task Presign_TemporaryCredentials_EndsWithThem()
    {
        var time = new FakeTimeProvider();
        var expires = time.GetUtcNow().AddMinutes(5);
        var context = new S3Context
        {
            Profile = S3Profiles.Custom,
            Endpoint = new S3Endpoint(null, "https://store.test", "us-east-1", S3AddressingStyle.Path),
            Credentials = new StaticCredentialSource(new S3Credentials("id", "secret", "token", expires)),
            Clock = new ServerClock(time),
            Http = null!,
            SignsPayload = false,
        };

        var signed = await new S3Presigner(new S3BucketClient(context, "bucket")).SignAsync("key", new SignOptions { Lifetime = TimeSpan.FromHours(1) }, default);

        signed.ExpiresAt.ShouldBe(expires);
        signed.Url.Query.ShouldContain("X-Amz-Expires=300&");
        signed.ToString().ShouldNotContain("Signature");
    }

    [Fact]
    public void Authorize_OtherKeyOrDay_DoesNotReuseTheSigningKey()
    {
        var signer = new SigV4Signer();
        NameValue[] headers = [new("host", Host)];
        string[] signatures =
        [
            Sign(signer, ExampleCredentials(), "GET", "/", "", headers, SigV4Signer.EmptyPayload, "20130524T000000Z"),
            Sign(signer, ExampleCredentials(), "GET", "/", "", headers, SigV4Signer.EmptyPayload, "20130525T000000Z"),
            Sign(signer, new S3Credentials("AKIAIOSFODNN7EXAMPLE", "other", null, null), "GET", "/", "", headers, SigV4Signer.EmptyPayload, "20130525T000000Z"),
        ];

        signatures.Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
    }

    private static S3Credentials ExampleCredentials() => new("AKIAIOSFODNN7EXAMPLE", SecretOfS3Examples, null, null);

    private static string Sign(SigV4Signer signer, S3Credentials credentials, string method, string path, string query, NameValue[] headers, string payload, string stamp)
    {
        Span<char> signature = stackalloc char[SigV4Signer.SignatureLength];
        signer.Sign(credentials, new SigningInput { Method = method, Path = path, Query = query, Headers = headers, Payload = payload, Region = "us-east-1", Stamp = stamp }, signature);
        return signature.ToString();
    }

    private static Dictionary<string, string> QueryOf(string url) =>
        url[(url.IndexOf('?') + 1)..].Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);
}
