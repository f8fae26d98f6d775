using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Providers.Tests.S3;

public static class MotoConformance
{
    public sealed class Buckets : BucketsConformance<MotoHarness>;

    public sealed class Info : InfoConformance<MotoHarness>;

    public sealed class Read : ReadConformance<MotoHarness>;

    public sealed class Ranges : RangesConformance<MotoHarness>;

    public sealed class ConditionalReads : ConditionalReadsConformance<MotoHarness>;

    public sealed class Write : WriteConformance<MotoHarness>;

    public sealed class WriteAttributes : WriteAttributesConformance<MotoHarness>;

    public sealed class Writer : WriterConformance<MotoHarness>;

    public sealed class Multipart : MultipartConformance<MotoHarness>;

    public sealed class ConditionalWrites : ConditionalWritesConformance<MotoHarness>;

    public sealed class Metadata : MetadataConformance<MotoHarness>;

    public sealed class Tags : TagsConformance<MotoHarness>;

    public sealed class Tiers : TiersConformance<MotoHarness>;

    public sealed class Keys : KeysConformance<MotoHarness>;

    public sealed class List : ListConformance<MotoHarness>;

    public sealed class Delete : DeleteConformance<MotoHarness>;

    public sealed class Copy : CopyConformance<MotoHarness>;

    public sealed class Versions : VersionsConformance<MotoHarness>;

    public sealed class Sign : SignConformance<MotoHarness>;

    public sealed class Wrappers : WrappersConformance<MotoHarness>;

    public sealed class Concurrency : ConcurrencyConformance<MotoHarness>;

    public sealed class Plumbing : PlumbingConformance<MotoHarness>;
}
