using SkyCompat.Providers.Tests.S3;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>The S3 profile for OSS, the alternative to the adapter, on Ceph 20: its wire forms (Content-MD5, lists, batches, tags, versions, copies, signed URLs) on a real S3 server. That proves
/// nothing of what OSS does otherwise, so what Ceph cannot show is taken away, and what it does its own way is said.</summary>
public sealed class OssProfileOnCephHarness : S3ServerHarness
{
    public override string Provider => "OSS profile on Ceph 20";

    public override IReadOnlyDictionary<string, string> Quirks => CephQuirks.All;

    protected override string ServerName => "ceph20";

    protected override Uri Endpoint { get; } = new("http://127.0.0.1:7490");

    protected override string Profile => "AlibabaOss";

    protected override IReadOnlyDictionary<string, string?> Overrides { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        // Ceph knows neither the header against overwriting nor the classes, and wants larger parts.
        ["RemoveFeatures"] = "PutIfAbsent, MultipartIfAbsent, CopyIfAbsent",
        ["InfrequentClass"] = "",
        ["ArchiveClass"] = "",
        ["MinPartBytes"] = "5242880",
        ["MaxMetadataBytes"] = "2048",

        // As in the profile for Ceph 20.
        ["CopyReturnsVersion"] = "false",
        ["CopyKeepsTags"] = "false",
    };
}
