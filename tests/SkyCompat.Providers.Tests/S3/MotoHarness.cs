namespace SkyCompat.Providers.Tests.S3;

public sealed class MotoHarness : S3ServerHarness
{
    public override string Provider => "moto";

    public override IReadOnlyDictionary<string, string> Quirks { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["keys.odd.ascii-0"] = "moto answers 404 to a key with the character U+0000.",
        ["keys.sign.ascii-0"] = "moto answers 404 to a key with the character U+0000.",
        ["multipart.abort.then-part"] = "moto fails inside on a part of an upload that is gone.",
        ["multipart.unknown-upload"] = "moto fails inside on a part of an upload that is gone.",
        ["range.empty-object.suffix"] = "moto answers a suffix range of an empty object with 206.",
        ["sign.expired"] = "moto checks no signature.",
        ["sign.get.cannot-put"] = "moto checks no signature.",
        ["sign.get.tampered"] = "moto checks no signature.",
        ["sign.put.cannot-get"] = "moto checks no signature.",
        ["sign.put.wrong-type"] = "moto checks no signature.",
        ["versions.suspended"] = "moto loses the versions that there were when the keeping is suspended.",
        ["write.result.multipart"] = "moto tells version 'null' of a completed upload where no versions are kept.",
        ["write.result.put-large"] = "moto tells version 'null' of a completed upload where no versions are kept.",
        ["write.result.stream-large"] = "moto tells version 'null' of a completed upload where no versions are kept.",
        ["write.result.writer-large"] = "moto tells version 'null' of a completed upload where no versions are kept.",
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
