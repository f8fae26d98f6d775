using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SkyCompat.Contracts;
using SkyCompat.Contracts.Signatures;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>The verifiers agree with what the providers publish, and refuse anything else.</summary>
public sealed class SignatureVectorTests
{
    private const string AwsSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public static TheoryData<string, string, string, string, string> AwsStorage { get; } = new()
    {
        // Amazon S3 user guide, "Signature calculations for the Authorization header: examples".
        { "GET", "/test.txt", "", $"Range:bytes=0-9\nx-amz-content-sha256:{Empty}", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41" },
        { "PUT", "/test%24file.text", "", "Date:Fri, 24 May 2013 00:00:00 GMT\nx-amz-content-sha256:44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072\nx-amz-storage-class:REDUCED_REDUNDANCY", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd" },
        { "GET", "/", "lifecycle", $"x-amz-content-sha256:{Empty}", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543" },
        { "GET", "/", "max-keys=2&prefix=J", $"x-amz-content-sha256:{Empty}", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7" },
    };

    [Theory]
    [MemberData(nameof(AwsStorage))]
    public void SigV4_StorageExamples_AreValid(string method, string path, string query, string headers, string signature)
    {
        var all = headers.Split('\n').Select(line => KeyValuePair.Create(line.Split(':')[0], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..])).ToList();
        all.Add(new("x-amz-date", "20130524T000000Z"));
        all.Add(new("Host", "examplebucket.s3.amazonaws.com"));
        var names = string.Join(';', all.Select(header => header.Key.ToLowerInvariant()).Order(StringComparer.Ordinal));
        SignedMessage With(string given) => new()
        {
            Method = method,
            Path = path,
            Query = ContractRequest.ParsePairs(query),
            Headers = [.. all, new("Authorization", $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders={names},Signature={given}")],
        };
        var verifier = new SigV4Verifier(_ => AwsSecret);

        var verdict = verifier.Verify(With(signature));

        verdict.Outcome.ShouldBe(SignatureOutcome.Valid, verdict.Explanation);
        verdict.PayloadHash.ShouldBe(all.Find(header => header.Key == "x-amz-content-sha256").Value);
        verifier.Verify(With(Tamper(signature))).Outcome.ShouldBe(SignatureOutcome.Invalid);
        new SigV4Verifier(_ => null).Verify(With(signature)).Outcome.ShouldBe(SignatureOutcome.UnknownKey);
    }

    [Fact]
    public void SigV4_PresignedExample_IsValid()
    {
        const string Query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=";
        SignedMessage With(string signature) => new() { Method = "GET", Path = "/test.txt", Query = ContractRequest.ParsePairs(Query + signature), Headers = [new("Host", "examplebucket.s3.amazonaws.com")] };
        var verifier = new SigV4Verifier(_ => AwsSecret);

        verifier.Verify(With("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")).Outcome.ShouldBe(SignatureOutcome.Valid);
        verifier.Verify(With("beeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")).Outcome.ShouldBe(SignatureOutcome.Invalid);
    }

    [Fact]
    public void SigV4_StreamingExample_IsValidForItsHead()
    {
        // The same guide, "Signature calculations for transferring a payload in multiple chunks": the seed signature.
        var message = new SignedMessage
        {
            Method = "PUT",
            Path = "/examplebucket/chunkObject.txt",
            Headers =
            [
                new("Host", "s3.amazonaws.com"),
                new("x-amz-date", "20130524T000000Z"),
                new("x-amz-storage-class", "REDUCED_REDUNDANCY"),
                new("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
                new("Content-Encoding", "aws-chunked"),
                new("x-amz-decoded-content-length", "66560"),
                new("Content-Length", "66824"),
                new("Authorization", "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"),
            ],
        };

        var verdict = new SigV4Verifier(_ => AwsSecret).Verify(message);

        verdict.Outcome.ShouldBe(SignatureOutcome.Valid, verdict.Explanation);
        verdict.PayloadHash.ShouldBeNull();
    }

    [Theory]
    [InlineData("https://example.amazonaws.com/", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "service", null, "host;x-amz-date", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "iam", "application/x-www-form-urlencoded; charset=utf-8", "content-type;host;x-amz-date", "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")]
    public void SigV4_ServiceExamples_AreValid(string url, string secret, string service, string? type, string names, string signature)
    {
        // The suite "aws-sig-v4-test-suite" and the example of the IAM user guide.
        var uri = new Uri(url);
        var headers = new List<KeyValuePair<string, string>>
        {
            new("Host", uri.Host),
            new("X-Amz-Date", "20150830T123600Z"),
            new("Authorization", $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/{service}/aws4_request, SignedHeaders={names}, Signature={signature}"),
        };
        if (type is not null)
        {
            headers.Add(new("Content-Type", type));
        }

        var verdict = new SigV4Verifier(_ => secret).Verify(new SignedMessage { Method = "GET", Path = uri.AbsolutePath, Query = ContractRequest.ParsePairs(uri.Query), Headers = headers, Body = ReadOnlyMemory<byte>.Empty });

        verdict.Outcome.ShouldBe(SignatureOutcome.Valid, verdict.Explanation);
    }

    [Fact]
    public void Goog4_PublishedVectors_AreValid()
    {
        Specs.Require();
        using var document = JsonDocument.Parse(File.ReadAllText(ContractSpecs.PathOf("google/gcs-v4-signing.vectors.json")));
        using var key = RSA.Create();
        key.ImportFromPem(document.RootElement.GetProperty("publicKeyPem").GetString());
        var signer = document.RootElement.GetProperty("signerEmail").GetString();
        var verifier = new Goog4RsaVerifier(email => email == signer ? key : null);
        var count = 0;
        foreach (var vector in document.RootElement.GetProperty("signingV4Tests").EnumerateArray())
        {
            var url = vector.GetProperty("expectedUrl").GetString()!;
            var question = url.IndexOf('?', StringComparison.Ordinal);
            var start = url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3);
            var authority = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..start];
            var headers = vector.TryGetProperty("headers", out var given) ? given.EnumerateObject().Select(header => KeyValuePair.Create(header.Name, header.Value.GetString()!)).ToList() : [];
            if (!headers.Exists(header => header.Key.Equals("host", StringComparison.OrdinalIgnoreCase)))
            {
                headers.Add(new("Host", authority));
            }

            SignedMessage With(string method) => new() { Method = method, Path = url[start..question], Query = ContractRequest.ParsePairs(url[question..]), Headers = headers };
            var method = vector.GetProperty("method").GetString()!;

            var verdict = verifier.Verify(With(method));

            verdict.Outcome.ShouldBe(SignatureOutcome.Valid, $"{vector.GetProperty("name")}: {verdict.Explanation}");
            verifier.Verify(With("PATCH")).Outcome.ShouldBe(SignatureOutcome.Invalid);
            count++;
        }

        count.ShouldBe(29);
    }

    [Fact]
    public void Oss4_PublishedVectors_AreValid()
    {
        Specs.Require();
        using var document = JsonDocument.Parse(File.ReadAllText(ContractSpecs.PathOf("alibaba/signatures/oss-v4.vectors.json")));
        var count = 0;
        foreach (var vector in document.RootElement.GetProperty("vectors").EnumerateArray())
        {
            var input = vector.GetProperty("input");
            var expected = vector.GetProperty("expected");
            string Text(string name) => input.GetProperty(name).GetString()!;
            var headers = Pairs(input.GetProperty("headers"));
            var query = Pairs(input.GetProperty("query"));
            if (Text("mode") == "header")
            {
                headers.Add(new("x-oss-date", expected.GetProperty("xOssDate").GetString()!));
                headers.Add(new("Authorization", expected.GetProperty("authorization").GetString()!));
                if (input.TryGetProperty("securityToken", out var token))
                {
                    headers.Add(new("x-oss-security-token", token.GetString()!));
                }
            }
            else
            {
                query.AddRange(Pairs(expected.GetProperty("addedQuery")));
            }

            SignedMessage With(string key) => new()
            {
                Method = Text("method"),
                Path = Text("bucket").Length == 0 ? "/" : $"/{Text("bucket")}/{SignedMessage.Encode(key, keepsSlash: true)}",
                Query = query,
                Headers = headers,
            };
            var verifier = new Oss4Verifier(id => id == Text("accessKeyId") ? Text("accessKeySecret") : null);

            var verdict = verifier.Verify(With(Text("key")));

            verdict.Outcome.ShouldBe(SignatureOutcome.Valid, $"{vector.GetProperty("name")}: {verdict.Explanation}");
            if (Text("bucket").Length > 0)
            {
                verifier.Verify(With(Text("key") + "x")).Outcome.ShouldBe(SignatureOutcome.Invalid);

                // The same object, its bucket named by the host.
                verifier.Verify(new SignedMessage { Method = Text("method"), Path = "/" + SignedMessage.Encode(Text("key"), keepsSlash: true), BucketOfHost = Text("bucket"), Query = query, Headers = headers }).Outcome.ShouldBe(SignatureOutcome.Valid);
            }

            count++;
        }

        count.ShouldBe(11);
    }

    [Fact]
    public void Acs3_PublishedVectors_AreValid()
    {
        Specs.Require();
        using var document = JsonDocument.Parse(File.ReadAllText(ContractSpecs.PathOf("alibaba/signatures/acs3-hmac-sha256.vectors.json")));
        var count = 0;
        foreach (var vector in document.RootElement.GetProperty("vectors").EnumerateArray())
        {
            var input = vector.GetProperty("input");
            string Text(string name) => input.GetProperty(name).GetString()!;
            var headers = Pairs(input.GetProperty("headers"));
            headers.Add(new("Authorization", vector.GetProperty("expected").GetProperty("authorization").GetString()!));
            SignedMessage With(string method) => new() { Method = method, Path = Text("path"), Query = Pairs(input.GetProperty("query")), Headers = headers };
            var verifier = new Acs3Verifier(id => id == Text("accessKeyId") ? Text("accessKeySecret") : null);

            var verdict = verifier.Verify(With(Text("method")));

            verdict.Outcome.ShouldBe(SignatureOutcome.Valid, $"{vector.GetProperty("name")}: {verdict.Explanation}");
            verifier.Verify(With("PATCH")).Outcome.ShouldBe(SignatureOutcome.Invalid);
            count++;
        }

        count.ShouldBe(5);
    }

    private static string Tamper(string signature) => string.Create(CultureInfo.InvariantCulture, $"{(signature[0] == '0' ? '1' : '0')}{signature[1..]}");

    private static List<KeyValuePair<string, string>> Pairs(JsonElement element) => [.. element.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetString()!))];
}
