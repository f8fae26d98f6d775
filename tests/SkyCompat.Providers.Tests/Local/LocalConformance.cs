using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Providers.Tests.Local;

public static class LocalConformance
{
    public sealed class Buckets : BucketsConformance<LocalHarness>;

    public sealed class Info : InfoConformance<LocalHarness>;

    public sealed class Read : ReadConformance<LocalHarness>;

    public sealed class Ranges : RangesConformance<LocalHarness>;

    public sealed class ConditionalReads : ConditionalReadsConformance<LocalHarness>;

    public sealed class Write : WriteConformance<LocalHarness>;

    public sealed class WriteAttributes : WriteAttributesConformance<LocalHarness>;

    public sealed class Writer : WriterConformance<LocalHarness>;

    public sealed class Multipart : MultipartConformance<LocalHarness>;

    public sealed class ConditionalWrites : ConditionalWritesConformance<LocalHarness>;

    public sealed class Metadata : MetadataConformance<LocalHarness>;

    public sealed class Tags : TagsConformance<LocalHarness>;

    public sealed class Tiers : TiersConformance<LocalHarness>;

    public sealed class Keys : KeysConformance<LocalHarness>;

    public sealed class List : ListConformance<LocalHarness>;

    public sealed class Delete : DeleteConformance<LocalHarness>;

    public sealed class Copy : CopyConformance<LocalHarness>;

    public sealed class Versions : VersionsConformance<LocalHarness>;

    public sealed class Sign : SignConformance<LocalHarness>;

    public sealed class Wrappers : WrappersConformance<LocalHarness>;

    public sealed class Concurrency : ConcurrencyConformance<LocalHarness>;

    public sealed class Plumbing : PlumbingConformance<LocalHarness>;
}
