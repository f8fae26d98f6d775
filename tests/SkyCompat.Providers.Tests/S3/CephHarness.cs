namespace SkyCompat.Providers.Tests.S3;

public sealed class CephHarness : S3ServerHarness
{
    public override string Provider => "Ceph 16";

    public override IReadOnlyDictionary<string, string> Quirks => CephQuirks.All;

    protected override string ServerName => "ceph";

    protected override Uri Endpoint { get; } = new("http://127.0.0.1:7480");

    protected override string Profile => "Ceph";
}
