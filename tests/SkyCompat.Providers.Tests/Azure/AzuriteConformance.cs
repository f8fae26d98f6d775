using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Providers.Tests.Azure;

public static class AzuriteConformance
{
    public sealed class Buckets : BucketsConformance<AzuriteHarness>;

    public sealed class Info : InfoConformance<AzuriteHarness>;

    public sealed class Read : ReadConformance<AzuriteHarness>;

    public sealed class Ranges : RangesConformance<AzuriteHarness>;

    public sealed class ConditionalReads : ConditionalReadsConformance<AzuriteHarness>;

    public sealed class Write : WriteConformance<AzuriteHarness>;

    public sealed class WriteAttributes : WriteAttributesConformance<AzuriteHarness>;

    public sealed class Writer : WriterConformance<AzuriteHarness>;

    public sealed class Multipart : MultipartConformance<AzuriteHarness>;

    public sealed class ConditionalWrites : ConditionalWritesConformance<AzuriteHarness>;

    public sealed class Metadata : MetadataConformance<AzuriteHarness>;

    public sealed class Tags : TagsConformance<AzuriteHarness>;

    public sealed class Tiers : TiersConformance<AzuriteHarness>;

    public sealed class Keys : KeysConformance<AzuriteHarness>;

    public sealed class List : ListConformance<AzuriteHarness>;

    public sealed class Delete : DeleteConformance<AzuriteHarness>;

    public sealed class Copy : CopyConformance<AzuriteHarness>;

    public sealed class Versions : VersionsConformance<AzuriteHarness>;

    public sealed class Sign : SignConformance<AzuriteHarness>;

    public sealed class Wrappers : WrappersConformance<AzuriteHarness>;

    public sealed class Concurrency : ConcurrencyConformance<AzuriteHarness>;

    public sealed class Plumbing : PlumbingConformance<AzuriteHarness>;
}
