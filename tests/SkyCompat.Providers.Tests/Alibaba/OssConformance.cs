using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Providers.Tests.Alibaba;

public static class OssConformance
{
    public sealed class Buckets : BucketsConformance<OssHarness>;

    public sealed class Info : InfoConformance<OssHarness>;

    public sealed class Read : ReadConformance<OssHarness>;

    public sealed class Ranges : RangesConformance<OssHarness>;

    public sealed class ConditionalReads : ConditionalReadsConformance<OssHarness>;

    public sealed class Write : WriteConformance<OssHarness>;

    public sealed class WriteAttributes : WriteAttributesConformance<OssHarness>;

    public sealed class Writer : WriterConformance<OssHarness>;

    public sealed class Multipart : MultipartConformance<OssHarness>;

    public sealed class ConditionalWrites : ConditionalWritesConformance<OssHarness>;

    public sealed class Metadata : MetadataConformance<OssHarness>;

    public sealed class Tags : TagsConformance<OssHarness>;

    public sealed class Tiers : TiersConformance<OssHarness>;

    public sealed class Keys : KeysConformance<OssHarness>;

    public sealed class List : ListConformance<OssHarness>;

    public sealed class Delete : DeleteConformance<OssHarness>;

    public sealed class Copy : CopyConformance<OssHarness>;

    public sealed class Versions : VersionsConformance<OssHarness>;

    public sealed class Sign : SignConformance<OssHarness>;

    public sealed class Wrappers : WrappersConformance<OssHarness>;

    public sealed class Concurrency : ConcurrencyConformance<OssHarness>;

    public sealed class Plumbing : PlumbingConformance<OssHarness>;
}
