using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Providers.Tests.InMemory;

public static class InMemoryConformance
{
    public sealed class Buckets : BucketsConformance<InMemoryHarness>;

    public sealed class Info : InfoConformance<InMemoryHarness>;

    public sealed class Read : ReadConformance<InMemoryHarness>;

    public sealed class Ranges : RangesConformance<InMemoryHarness>;

    public sealed class ConditionalReads : ConditionalReadsConformance<InMemoryHarness>;

    public sealed class Write : WriteConformance<InMemoryHarness>;

    public sealed class WriteAttributes : WriteAttributesConformance<InMemoryHarness>;

    public sealed class Writer : WriterConformance<InMemoryHarness>;

    public sealed class Multipart : MultipartConformance<InMemoryHarness>;

    public sealed class ConditionalWrites : ConditionalWritesConformance<InMemoryHarness>;

    public sealed class Metadata : MetadataConformance<InMemoryHarness>;

    public sealed class Tags : TagsConformance<InMemoryHarness>;

    public sealed class Tiers : TiersConformance<InMemoryHarness>;

    public sealed class Keys : KeysConformance<InMemoryHarness>;

    public sealed class List : ListConformance<InMemoryHarness>;

    public sealed class Delete : DeleteConformance<InMemoryHarness>;

    public sealed class Copy : CopyConformance<InMemoryHarness>;

    public sealed class Versions : VersionsConformance<InMemoryHarness>;

    public sealed class Sign : SignConformance<InMemoryHarness>;

    public sealed class Wrappers : WrappersConformance<InMemoryHarness>;

    public sealed class Concurrency : ConcurrencyConformance<InMemoryHarness>;

    public sealed class Plumbing : PlumbingConformance<InMemoryHarness>;
}
