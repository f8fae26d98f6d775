namespace SkyCompat.Providers.Tests.S3;

public sealed class MotoHarness : S3ServerHarness
{
    public override string Provider => "moto";

    public override IReadOnlyDictionary<string, string> Quirks { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["keys.odd.ascii-0"] = "its web server refuses NUL in a URL",
        ["keys.sign.ascii-0"] = "its web server refuses NUL in a URL",
        ["multipart.abort.then-part"] = "answers 500 to a part of an upload that there is not",
        ["multipart.unknown-upload"] = "answers 500 to a part of an upload that there is not",
        ["range.empty-object.suffix"] = "answers 200 to a suffix range of an empty object",
        ["sign.expired"] = "checks no signature and no expiry",
        ["sign.get.cannot-put"] = "checks no signature",
        ["sign.get.tampered"] = "checks no signature",
        ["sign.put.cannot-get"] = "checks no signature",
        ["sign.put.wrong-type"] = "checks no signature",
        ["versions.suspended"] = "loses a version when the keeping is suspended",
        ["write-if.race.multipart"] = "completes uploads under a condition one after the other only by chance",
        ["write-if.race.copy"] = "completes uploads under a condition one after the other only by chance",
        ["write.result.put-large"] = "tells the version id 'null' where it keeps no versions",
        ["write.result.stream-large"] = "tells the version id 'null' where it keeps no versions",
        ["write.result.writer-large"] = "tells the version id 'null' where it keeps no versions",
        ["write.result.multipart"] = "tells the version id 'null' where it keeps no versions",
    };

    protected override string ServerName => "moto";

    protected override Uri Endpoint { get; } = new("http://127.0.0.1:5555");

    protected override string Profile => "Aws";

    protected override IReadOnlyDictionary<string, string?> Overrides { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        // moto ignores the conditions of a copy, and If-Match where an upload is completed, and the reply headers of a signed GET.
        ["RemoveFeatures"] = "CopyIfAbsent, CopyIfMatch, CopySourceIfMatch, MultipartIfMatch, SignedResponseHeaders",

        // It tells the checksum of an upload's parts as if it were the object's.
        ["Checksums"] = "ContentMd5",
    };
}
