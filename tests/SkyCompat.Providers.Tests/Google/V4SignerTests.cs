using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SkyCompat.Google;

namespace SkyCompat.Providers.Tests.Google;

public sealed class V4SignerTests
{
    /// <summary>Its published canonical request names the bucket in the path, and is not the one whose hash stands in its published text to sign.</summary>
    private const string Contradictory = "Universe domain with virtual hosted style";

    /// <summary>All of Google's published cases of signed URLs: canonical request, text to sign and URL as published, and the published signature is of that text.</summary>
    [Fact]
    public void Prepare_PublishedVectors_AreMetAndTheirSignaturesVerify()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedSpecs.Require("gcs-v4-signing.vectors.json")));
        var email = document.RootElement.GetProperty("signerEmail").GetString()!;
        using var key = RSA.Create();
        key.ImportFromPem(document.RootElement.GetProperty("publicKeyPem").GetString());
        var cases = document.RootElement.GetProperty("signingV4Tests").EnumerateArray().ToList();

        foreach (var vector in cases)
        {
            var name = vector.GetProperty("name").GetString();
            var unsigned = V4Signer.Prepare(ToInput(vector, email));
            var expected = Text(vector, "expectedUrl")!.Split("&X-Goog-Signature=");

            if (name != Contradictory)
            {
                unsigned.CanonicalRequest.ShouldBe(Text(vector, "expectedCanonicalRequest"), name);
            }

            unsigned.StringToSign.ShouldBe(Text(vector, "expectedStringToSign"), name);
            unsigned.Url.ShouldBe(expected[0], name);
            key.VerifyData(Encoding.UTF8.GetBytes(unsigned.StringToSign), Convert.FromHexString(expected[1]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue(name);
        }

        cases.Count.ShouldBe(29);
    }

    [Fact]
    public async Task RsaSigner_Text_IsVerifiedByThePublicHalf()
    {
        using var key = RSA.Create(2048);
        var signer = new RsaBlobSigner("signer@project.iam.gserviceaccount.com", key);

        var signature = await signer.SignAsync("to sign"u8.ToArray(), default);

        key.VerifyData("to sign"u8, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
        signer.LongestLife.ShouldBeNull();
    }

    private static V4Input ToInput(JsonElement vector, string email)
    {
        var endpoint = Text(vector, "hostname") ?? Text(vector, "clientEndpoint") ?? Text(vector, "emulatorHostname") ?? $"storage.{Text(vector, "universeDomain") ?? "googleapis.com"}";
        var scheme = Text(vector, "scheme") ?? "https";
        var host = endpoint[(endpoint.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..];
        var (bucket, key) = (Text(vector, "bucket")!, Text(vector, "object"));
        var path = key is null ? "" : "/" + UriCharacters.Encode(key, keepSlash: true);
        (host, path) = Text(vector, "urlStyle") switch
        {
            "VIRTUAL_HOSTED_STYLE" => ($"{bucket}.{host}", path),
            "BUCKET_BOUND_HOSTNAME" => (Text(vector, "bucketBoundHostname")!, path),
            _ => (host, $"/{bucket}{path}"),
        };
        return new V4Input
        {
            Method = Text(vector, "method")!,
            Scheme = scheme,
            Host = host,
            Path = path,
            Headers = Pairs(vector, "headers"),
            Query = Pairs(vector, "queryParameters"),
            Email = email,
            Instant = DateTimeOffset.Parse(Text(vector, "timestamp")!, CultureInfo.InvariantCulture),
            Seconds = vector.GetProperty("expiration").GetInt64(),
        };
    }

    private static string? Text(JsonElement vector, string name) => vector.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static List<NameValue> Pairs(JsonElement vector, string name) =>
        vector.TryGetProperty(name, out var pairs) ? [.. pairs.EnumerateObject().Select(pair => new NameValue(pair.Name, pair.Value.GetString()!))] : [];
}
