using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Providers.Tests.Google;

public static class GoogleConformance
{
    public sealed class Buckets : BucketsConformance<GoogleHarness>;

    public sealed class Info : InfoConformance<GoogleHarness>;

    public sealed class Read : ReadConformance<GoogleHarness>;

    public sealed class Ranges : RangesConformance<GoogleHarness>;

    public sealed class ConditionalReads : ConditionalReadsConformance<GoogleHarness>;

    public sealed class Write : WriteConformance<GoogleHarness>;

    public sealed class WriteAttributes : WriteAttributesConformance<GoogleHarness>;

    public sealed class Writer : WriterConformance<GoogleHarness>;

    public sealed class Multipart : MultipartConformance<GoogleHarness>;

    public sealed class ConditionalWrites : ConditionalWritesConformance<GoogleHarness>;

    public sealed class Metadata : MetadataConformance<GoogleHarness>;

    public sealed class Tags : TagsConformance<GoogleHarness>;

    public sealed class Tiers : TiersConformance<GoogleHarness>;

    public sealed class Keys : KeysConformance<GoogleHarness>;

    public sealed class List : ListConformance<GoogleHarness>;

    public sealed class Delete : DeleteConformance<GoogleHarness>;

    public sealed class Copy : CopyConformance<GoogleHarness>;

    public sealed class Versions : VersionsConformance<GoogleHarness>;

    public sealed class Sign : SignConformance<GoogleHarness>;

    public sealed class Wrappers : WrappersConformance<GoogleHarness>;

    public sealed class Concurrency : ConcurrencyConformance<GoogleHarness>;

    public sealed class Plumbing : PlumbingConformance<GoogleHarness>;
}
