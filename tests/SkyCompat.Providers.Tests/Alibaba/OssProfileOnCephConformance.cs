using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Providers.Tests.Alibaba;

public static class OssProfileOnCephConformance
{
    public sealed class Buckets : BucketsConformance<OssProfileOnCephHarness>;

    public sealed class Info : InfoConformance<OssProfileOnCephHarness>;

    public sealed class Read : ReadConformance<OssProfileOnCephHarness>;

    public sealed class Ranges : RangesConformance<OssProfileOnCephHarness>;

    public sealed class ConditionalReads : ConditionalReadsConformance<OssProfileOnCephHarness>;

    public sealed class Write : WriteConformance<OssProfileOnCephHarness>;

    public sealed class WriteAttributes : WriteAttributesConformance<OssProfileOnCephHarness>;

    public sealed class Writer : WriterConformance<OssProfileOnCephHarness>;

    public sealed class Multipart : MultipartConformance<OssProfileOnCephHarness>;

    public sealed class ConditionalWrites : ConditionalWritesConformance<OssProfileOnCephHarness>;

    public sealed class Metadata : MetadataConformance<OssProfileOnCephHarness>;

    public sealed class Tags : TagsConformance<OssProfileOnCephHarness>;

    public sealed class Tiers : TiersConformance<OssProfileOnCephHarness>;

    public sealed class Keys : KeysConformance<OssProfileOnCephHarness>;

    public sealed class List : ListConformance<OssProfileOnCephHarness>;

    public sealed class Delete : DeleteConformance<OssProfileOnCephHarness>;

    public sealed class Copy : CopyConformance<OssProfileOnCephHarness>;

    public sealed class Versions : VersionsConformance<OssProfileOnCephHarness>;

    public sealed class Sign : SignConformance<OssProfileOnCephHarness>;

    public sealed class Wrappers : WrappersConformance<OssProfileOnCephHarness>;

    public sealed class Concurrency : ConcurrencyConformance<OssProfileOnCephHarness>;

    public sealed class Plumbing : PlumbingConformance<OssProfileOnCephHarness>;
}
