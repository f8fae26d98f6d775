using System.Security.Cryptography;
using System.Text;
using SkyCompat.Alibaba;
using SkyCompat.S3;

namespace SkyCompat.Providers.Tests.Alibaba;

public sealed class Acs3SignerTests
{
    private const string File = "acs3-hmac-sha256.vectors.json";

    public static TheoryData<string> Names { get; } = [.. SignatureVectors.Read(File).Select(vector => vector.Text("name")!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Authorize_PublishedVector_SameSignature(string name)
    {
        var vector = SignatureVectors.Read(File).Single(candidate => candidate.Text("name") == name);
        var input = vector.GetProperty("input");
        var expected = vector.GetProperty("expected");
        var query = string.Join('&', input.Pairs("query").OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{UriCharacters.Encode(pair.Key, keepSlash: false)}={UriCharacters.Encode(pair.Value, keepSlash: false)}"));
        var headers = new SortedDictionary<string, string>(input.Pairs("headers").Where(header => header.Key is "host" or "content-type" || header.Key.StartsWith("x-acs-", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

        Acs3Signer.Authorize(
            new S3Credentials(input.Text("accessKeyId")!, input.Text("accessKeySecret")!, null, null),
            input.Text("method")!,
            UriCharacters.Encode(input.Text("path")!, keepSlash: true),
            query,
            headers,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(input.Text("body") ?? "")))).ShouldBe(expected.Text("authorization"));
    }
}
