using System.Text.Json;
using SkyCompat.Alibaba;
using SkyCompat.S3;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>The signatures that the official SDK publishes for its tests, and those that were computed once and compared with the official JavaScript client.</summary>
public sealed class OssV4SignerTests
{
    private const string File = "oss-v4.vectors.json";

    public static TheoryData<string> Names { get; } = [.. SignatureVectors.Read(File).Select(vector => vector.Text("name")!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Sign_PublishedVector_SameSignature(string name)
    {
        var vector = SignatureVectors.Read(File).Single(candidate => candidate.Text("name") == name);
        var input = vector.GetProperty("input");
        var expected = vector.GetProperty("expected");
        var isPresigned = input.Text("mode") == "query";
        var signer = new OssV4Signer();
        var credentials = new S3Credentials(input.Text("accessKeyId")!, input.Text("accessKeySecret")!, input.Text("securityToken"), null);
        var stamp = signer.FormatStamp(DateTimeOffset.FromUnixTimeSeconds(input.GetProperty("signTimeUnix").GetInt64()));
        var request = new S3Request(new HttpMethod(input.Text("method")!), input.Text("key"));
        if (isPresigned)
        {
            signer.AddQuery(request, credentials, input.Text("region")!, stamp, input.GetProperty("expirationUnix").GetInt64() - input.GetProperty("signTimeUnix").GetInt64());
        }
        else
        {
            signer.AddHeaders(request, new S3Address("", "", "", "/", "/"), credentials, S3Signer.UnsignedPayload, stamp);
        }

        var additional = input.TryGetProperty("additionalHeaders", out var listed) ? listed.EnumerateArray().Select(header => header.GetString()!.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal) : [];
        var query = request.Query.ToArray().Select(pair => KeyValuePair.Create(pair.Name, pair.Value)).Concat(input.Pairs("query")).Concat(AdditionalOf(isPresigned, additional))
            .Select(pair => (Name: UriCharacters.Encode(pair.Key, keepSlash: false), Value: UriCharacters.Encode(pair.Value, keepSlash: false)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).Select(pair => pair.Value.Length == 0 ? pair.Name : $"{pair.Name}={pair.Value}");
        stamp.ShouldBe(expected.Text("xOssDate"));
        var signing = new SigningInput
        {
            Method = request.Method.Method,
            PathPrefix = input.Text("bucket") is { Length: > 0 } bucket ? "/" + bucket : "",
            Path = "/" + UriCharacters.Encode(input.Text("key") ?? "", keepSlash: true),
            Query = string.Join('&', query),
            Headers = HeadersOf(request, input, additional),
            Payload = S3Signer.UnsignedPayload,
            Region = input.Text("region")!,
            Stamp = stamp,
        };

        Span<char> signature = stackalloc char[S3Signer.SignatureLength];
        signer.Sign(credentials, signing, signature);
        signature.ToString().ShouldBe(expected.Text("signature"));
        if (!isPresigned)
        {
            signer.Authorize(credentials, signing).ShouldBe(expected.Text("authorization"));
        }
    }

    [Fact]
    public void Authorize_HostHeader_IsNotSigned()
    {
        var signer = new OssV4Signer();
        var credentials = new S3Credentials("ak", "sk", null, null);
        NameValue[] without = [new("x-oss-date", "20231216T162057Z")];
        NameValue[] with = [new("host", "proxy.example.com"), .. without];

        signer.Authorize(credentials, Input(with)).ShouldBe(signer.Authorize(credentials, Input(without)));
    }

    private static SigningInput Input(NameValue[] headers) => new()
    {
        Method = "GET",
        Path = "/bucket/key",
        Query = "",
        Headers = headers,
        Payload = S3Signer.UnsignedPayload,
        Region = "cn-hangzhou",
        Stamp = "20231216T162057Z",
    };

    private static IEnumerable<KeyValuePair<string, string>> AdditionalOf(bool isPresigned, HashSet<string> additional) =>
        isPresigned && additional.Count > 0 ? [KeyValuePair.Create("x-oss-additional-headers", string.Join(';', additional.Order(StringComparer.Ordinal)))] : [];

    /// <summary>The adapter lists every header that it sends, so a vector's that are not listed are not among them.</summary>
    private static NameValue[] HeadersOf(S3Request request, JsonElement input, HashSet<string> additional)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in input.Pairs("headers"))
        {
            var lower = name.ToLowerInvariant();
            if (lower is "content-type" or "content-md5" || lower.StartsWith("x-oss-", StringComparison.Ordinal) || additional.Contains(lower))
            {
                headers[lower] = value;
            }
        }

        foreach (var header in request.Headers)
        {
            headers[header.Name] = header.Value;
        }

        return [.. headers.Select(header => new NameValue(header.Key, header.Value))];
    }
}
