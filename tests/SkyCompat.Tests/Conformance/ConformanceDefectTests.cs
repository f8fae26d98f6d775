using SkyCompat.Conformance;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests.Conformance;

/// <summary>The cases are worth something only if they fail: each of these defects must be found.</summary>
public sealed class ConformanceDefectTests
{
    public static TheoryData<string, string, string> Known { get; } = new()
    {
        { nameof(Defects.TrimsKeys), "Keys", "keys.odd.leading-space" },
        { nameof(Defects.CollapsesSlashes), "Keys", "keys.odd.double-slash" },
        { nameof(Defects.ServesOneByteTooMany), "Ranges", "range.slice-middle" },
        { nameof(Defects.TakesSuffixForPrefix), "Ranges", "range.suffix-10" },
        { nameof(Defects.IgnoresReadConditions), "ConditionalReads", "read-if.none-match.same" },
        { nameof(Defects.SniffsTypes), "WriteAttributes", "write.type.default.put" },
        { nameof(Defects.DropsOptionsOfWriters), "WriteAttributes", "write.headers.writer" },
        { nameof(Defects.DropsConditionsOfWriters), "ConditionalWrites", "write-if.absent.existing.writer" },
        { nameof(Defects.ChecksConditionsBeforeWriting), "ConditionalWrites", "write-if.race.put" },
        { nameof(Defects.CommitsOnDispose), "Writer", "writer.dispose-aborts.small" },
        { nameof(Defects.IgnoresChecksums), "WriteAttributes", "write.checksum.sha256.wrong.put" },
        { nameof(Defects.RewindsStreams), "Write", "write.stream.position" },
        { nameof(Defects.SortsByCharacters), "List", "list.order.bytes" },
        { nameof(Defects.ListsStartAfterToo), "List", "list.after.existing.page-0" },
        { nameof(Defects.RepeatsPrefixes), "List", "list.delimiter.slash.page-1000" },
        { nameof(Defects.FailsToDeleteTheMissing), "Delete", "delete.missing" },
        { nameof(Defects.DeletesInAnyOrder), "Delete", "delete.many" },
        { nameof(Defects.CopiesWithoutMetadata), "Copy", "copy.inside.keeps" },
        { nameof(Defects.ForgetsCancellation), "Write", "write.cancel.small" },
        { nameof(Defects.TellsAnotherTag), "Info", "info.tag.same.put" },
        { nameof(Defects.DeclaresTooMuch), "Sign", "sign.get" },
        { nameof(Defects.DeclaresTooMuch), "Tiers", "tiers.archive.read" },
        { nameof(Defects.GivesAwayTheArchive), "Tiers", "tiers.archive.read" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public async Task Case_BucketWithADefect_Fails(string defect, string suite, string id)
    {
        var type = typeof(Defects).GetNestedType(defect) ?? throw new InvalidOperationException(defect);
        await using var right = new DefectiveHarness();
        await using var wrong = new DefectiveHarness(bucket => (IBucket)Activator.CreateInstance(type, bucket)!);
        var cases = new ConformanceSuite(suite, ConformanceSuites.Get(suite).Cases.Where(item => item.Id == id));

        (await ConformanceRunner.RunAllAsync(right, [cases], null, TestContext.Current.CancellationToken)).Results.ShouldHaveSingleItem().Outcome.ShouldNotBe(ConformanceOutcome.Failed);
        (await ConformanceRunner.RunAllAsync(wrong, [cases], null, TestContext.Current.CancellationToken)).Results.ShouldHaveSingleItem().Outcome.ShouldBe(ConformanceOutcome.Failed);
    }
}
