namespace SkyCompat.Providers.Tests.S3;

public sealed class CephTentacleHarness : S3ServerHarness
{
    public override string Provider => "Ceph 20";

    public override IReadOnlyDictionary<string, string> Quirks => CephQuirks.All;

    protected override string ServerName => "ceph20";

    protected override Uri Endpoint { get; } = new("http://127.0.0.1:7490");

    protected override string Profile => "CephTentacle";
}
