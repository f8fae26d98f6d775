using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Providers.Tests.S3;

public static class CephConformance
{
    public sealed class Buckets : BucketsConformance<CephHarness>;

    public sealed class Info : InfoConformance<CephHarness>;

    public sealed class Read : ReadConformance<CephHarness>;

    public sealed class Ranges : RangesConformance<CephHarness>;

    public sealed class ConditionalReads : ConditionalReadsConformance<CephHarness>;

    public sealed class Write : WriteConformance<CephHarness>;

    public sealed class WriteAttributes : WriteAttributesConformance<CephHarness>;

    public sealed class Writer : WriterConformance<CephHarness>;

    public sealed class Multipart : MultipartConformance<CephHarness>;

    public sealed class ConditionalWrites : ConditionalWritesConformance<CephHarness>;

    public sealed class Metadata : MetadataConformance<CephHarness>;

    public sealed class Tags : TagsConformance<CephHarness>;

    public sealed class Tiers : TiersConformance<CephHarness>;

    public sealed class Keys : KeysConformance<CephHarness>;

    public sealed class List : ListConformance<CephHarness>;

    public sealed class Delete : DeleteConformance<CephHarness>;

    public sealed class Copy : CopyConformance<CephHarness>;

    public sealed class Versions : VersionsConformance<CephHarness>;

    public sealed class Sign : SignConformance<CephHarness>;

    public sealed class Wrappers : WrappersConformance<CephHarness>;

    public sealed class Concurrency : ConcurrencyConformance<CephHarness>;

    public sealed class Plumbing : PlumbingConformance<CephHarness>;
}
