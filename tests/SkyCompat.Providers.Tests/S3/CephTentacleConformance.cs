using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Providers.Tests.S3;

public static class CephTentacleConformance
{
    public sealed class Buckets : BucketsConformance<CephTentacleHarness>;

    public sealed class Info : InfoConformance<CephTentacleHarness>;

    public sealed class Read : ReadConformance<CephTentacleHarness>;

    public sealed class Ranges : RangesConformance<CephTentacleHarness>;

    public sealed class ConditionalReads : ConditionalReadsConformance<CephTentacleHarness>;

    public sealed class Write : WriteConformance<CephTentacleHarness>;

    public sealed class WriteAttributes : WriteAttributesConformance<CephTentacleHarness>;

    public sealed class Writer : WriterConformance<CephTentacleHarness>;

    public sealed class Multipart : MultipartConformance<CephTentacleHarness>;

    public sealed class ConditionalWrites : ConditionalWritesConformance<CephTentacleHarness>;

    public sealed class Metadata : MetadataConformance<CephTentacleHarness>;

    public sealed class Tags : TagsConformance<CephTentacleHarness>;

    public sealed class Tiers : TiersConformance<CephTentacleHarness>;

    public sealed class Keys : KeysConformance<CephTentacleHarness>;

    public sealed class List : ListConformance<CephTentacleHarness>;

    public sealed class Delete : DeleteConformance<CephTentacleHarness>;

    public sealed class Copy : CopyConformance<CephTentacleHarness>;

    public sealed class Versions : VersionsConformance<CephTentacleHarness>;

    public sealed class Sign : SignConformance<CephTentacleHarness>;

    public sealed class Wrappers : WrappersConformance<CephTentacleHarness>;

    public sealed class Concurrency : ConcurrencyConformance<CephTentacleHarness>;

    public sealed class Plumbing : PlumbingConformance<CephTentacleHarness>;
}
