namespace SkyCompat.Providers.Tests.S3;

public sealed class CephHarness : S3ServerHarness
{
    public override string Provider => "Ceph 16";

    public override IReadOnlyDictionary<string, string> Quirks { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["keys.odd.ascii-0"] = "Ceph answers 400 to a key with the character U+0000.",
        ["keys.sign.ascii-0"] = "Ceph answers 400 to a key with the character U+0000.",
        ["multipart.dropped-part"] = "Ceph completes an upload only if every part that was sent is named.",
    };

    protected override string ServerName => "ceph";

    protected override Uri Endpoint { get; } = new("http://127.0.0.1:7480");

    protected override string Profile => "Ceph";
}
