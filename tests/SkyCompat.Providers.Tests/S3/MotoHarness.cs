namespace SkyCompat.Providers.Tests.S3;

public sealed class MotoHarness : S3ServerHarness
{
    public override string Provider => "moto";

    protected override string ServerName => "moto";

    protected override Uri Endpoint { get; } = new("http://127.0.0.1:5555");

    protected override string Profile => "Aws";

    protected override IReadOnlyDictionary<string, string?> Overrides { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        // moto ignores the conditions of a copy, and If-Match where an upload is completed.
        ["RemoveFeatures"] = "CopyIfAbsent, CopyIfMatch, CopySourceIfMatch, MultipartIfMatch",

        // It tells the checksum of an upload's parts as if it were the object's.
        ["Checksums"] = "ContentMd5",
    };
}
