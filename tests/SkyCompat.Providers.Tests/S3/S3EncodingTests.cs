using System.Text;
using CsCheck;
using SkyCompat.ObjectStorage;
using SkyCompat.S3;

namespace SkyCompat.Providers.Tests.S3;

public sealed class S3EncodingTests
{
    [Theory]
    [InlineData("a b+c", "a%20b%2Bc")]
    [InlineData("%20%2F%%", "%2520%252F%25%25")]
    [InlineData("a//b/../c/.", "a//b/../c/.")]
    [InlineData("é😀", "%C3%A9%F0%9F%98%80")]
    [InlineData("!@$^()[]{}&#?=~;:,'\"*<>|\\`", "%21%40%24%5E%28%29%5B%5D%7B%7D%26%23%3F%3D~%3B%3A%2C%27%22%2A%3C%3E%7C%5C%60")]
    [InlineData("\u0000\u001F\u007F", "%00%1F%7F")]
    public void Encode_Path_EachOctetOnce(string key, string expected) => UriCharacters.Encode(key, keepSlash: true).ShouldBe(expected);

    [Fact]
    public void Encode_QueryValue_EncodesTheSlash() => UriCharacters.Encode("a/b", keepSlash: false).ShouldBe("a%2Fb");

    [Fact]
    public void Encode_AnyText_DecodesToItself() =>
        Gen.String.Where(IsUnicode).Sample(text => Uri.UnescapeDataString(UriCharacters.Encode(text, keepSlash: false)) == text);

    [Theory]
    [InlineData("a//b///c")]
    [InlineData("../a/../b..")]
    [InlineData("%20%2F%48%%")]
    [InlineData("a b+c&d=e?f#g")]
    [InlineData("/leading/and/trailing/")]
    [InlineData(".")]
    [InlineData("dir/..")]
    [InlineData("Ⓤé😀\uFEFF")]
    public async Task Request_AnyKey_ReachesTheWireAsItWasSigned(string key)
    {
        Uri? sent = null;
        await using var cloud = S3TestCloud.Create(request =>
        {
            sent = request.RequestUri;
            return new HttpResponseMessage(System.Net.HttpStatusCode.NotFound);
        });

        await cloud.Storage.OpenBucket("bucket").TryGetInfoAsync(key, new ObjectStorage.GetInfoOptions(), default);

        sent!.PathAndQuery.ShouldBe("/bucket/" + UriCharacters.Encode(key, keepSlash: true));
    }

    [Theory]
    [InlineData("plain = 1\"2", "plain = 1\"2")]
    [InlineData("é", "=?UTF-8?B?w6k=?=")]
    [InlineData("two  spaces", "=?UTF-8?B?dHdvICBzcGFjZXM=?=")]
    [InlineData(" end", "=?UTF-8?B?IGVuZA==?=")]
    [InlineData("=?UTF-8?B?w6k=?=", "=?UTF-8?B?PT9VVEYtOD9CP3c2az0/PQ==?=")]
    public void Metadata_Value_TravelsAsAscii(string value, string expected)
    {
        MetadataText.Encode(value).ShouldBe(expected);
        MetadataText.Decode(expected).ShouldBe(value);
    }

    [Theory]
    [InlineData("=?UTF-8?Q?caf=C3=A9_x?=", "café x")]
    [InlineData("=?utf-8?b?w6k=?= =?UTF-8?B?w6k=?=", "éé")]
    [InlineData("=?UTF-8?B?w6k", "=?UTF-8?B?w6k")]
    [InlineData("=?KOI8-R?B?w6k=?=", "=?KOI8-R?B?w6k=?=")]
    [InlineData("=?UTF-8?B?!!!?=", "=?UTF-8?B?!!!?=")]
    [InlineData("raw é", "raw é")]
    public void Metadata_FromOtherClients_IsReadWhereItCanBe(string header, string expected) => MetadataText.Decode(header).ShouldBe(expected);

    [Fact]
    public void Metadata_AnyValue_RoundTripsInWordsOfAtMost75() => Gen.String.Where(IsUnicode).Sample(value =>
    {
        var encoded = MetadataText.Encode(value);
        return MetadataText.Decode(encoded) == value && (encoded == value || encoded.Split(' ').All(word => word.Length <= 75));
    });

    [Fact]
    public void Compare_AnyKeys_AsTheirUtf8Bytes() => Gen.Select(Gen.String.Where(IsUnicode), Gen.String.Where(IsUnicode)).Sample((left, right) =>
        Math.Sign(KeyOrder.Compare(left, right)) == Math.Sign(Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))));

    [Theory]
    [InlineData("\uFEFF", "😀")]
    [InlineData("a", "ab")]
    [InlineData("t-/", "t/")]
    public void Compare_KnownOrder_IsThat(string first, string second) => KeyOrder.Compare(first, second).ShouldBeLessThan(0);

    [Theory]
    [InlineData("a+b%2Bc%25%20", "a b+c% ")]
    [InlineData("%F0%9F%98%80", "😀")]
    public void Decode_UrlEncodedListKey_IsTheKey(string encoded, string key) => ListKeys.Decode(encoded).ShouldBe(key);

    [Fact]
    public void MarkerToken_AnyMarkers_RoundTrip() => Gen.Select(Gen.String.Where(IsUnicode), Gen.String.Where(IsUnicode)).Sample((key, id) =>
        MarkerToken.Parse(MarkerToken.Create(key, id)) == (key, id));

    [Fact]
    public void MarkerToken_OfSomethingElse_IsRefused() =>
        Should.Throw<CloudException>(() => MarkerToken.Parse("nonsense")).Reason.ShouldBe(ObjectStorage.ObjectStorageErrorReasons.InvalidToken);

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
