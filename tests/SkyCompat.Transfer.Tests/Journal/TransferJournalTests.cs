using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Journal;

namespace SkyCompat.Transfer.Tests.Journal;

public sealed class TransferJournalTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("skycompat-journal-").FullName, "transfer.journal");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public async Task Open_UnfinishedJournal_KnowsWhatWasDone()
    {
        var checksum = ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, "abc"u8);
        await using (var journal = TransferJournal.Open(_path, "copy a to b"))
        {
            journal.IsResumed.ShouldBeFalse();
            await journal.AddDoneAsync("done", "tag-1");
            await journal.AddUploadAsync("large", "tag-2", "state");
            await journal.AddPartAsync("large", new JournaledPart(new UploadedPart(2, VersionTag.Parse("p2"), 3, checksum), checksum));
            await journal.AddPartAsync("large", new JournaledPart(new UploadedPart(1, VersionTag.Parse("p1"), 5), null));
        }

        await using var again = TransferJournal.Open(_path, "copy a to b");
        again.IsResumed.ShouldBeTrue();
        again.IsDone("done", "tag-1").ShouldBeTrue();
        again.IsDone("done", "other").ShouldBeFalse();
        again.IsDone("other", "tag-1").ShouldBeFalse();
        var upload = again.FindUpload("large").ShouldNotBeNull();
        upload.State.ShouldBe("state");
        upload.Tag.ShouldBe("tag-2");
        upload.Parts.Select(part => (part.Part.Number, part.Part.Tag.ToString(), part.Part.Size, part.Checksum)).ShouldBe([(1, "p1", 5L, null), (2, "p2", 3L, checksum)]);
    }

    [Fact]
    public async Task AddDoneAsync_UploadOfTheSameObject_IsForgotten()
    {
        await using (var journal = TransferJournal.Open(_path, "x"))
        {
            await journal.AddUploadAsync("large", "tag", "state");
            await journal.AddDoneAsync("large", "tag");
        }

        await using var again = TransferJournal.Open(_path, "x");
        again.FindUpload("large").ShouldBeNull();
    }

    [Fact]
    public async Task Open_FinishedJournal_StartsAnew()
    {
        await using (var journal = TransferJournal.Open(_path, "x"))
        {
            await journal.AddDoneAsync("done", "tag");
            await journal.FinishAsync();
        }

        await using var again = TransferJournal.Open(_path, "y");
        again.IsResumed.ShouldBeFalse();
        again.IsDone("done", "tag").ShouldBeFalse();
    }

    [Fact]
    public async Task Open_JournalOfAnotherTransfer_IsRefusedAndKept()
    {
        await using (var journal = TransferJournal.Open(_path, "copy a to b"))
        {
            await journal.AddDoneAsync("done", "tag");
        }

        var failure = Should.Throw<CloudException>(() => TransferJournal.Open(_path, "copy a to c"));
        failure.Code.ShouldBe(CloudErrorCode.Conflict);
        failure.Message.ShouldContain("copy a to b");
        await using var again = TransferJournal.Open(_path, "copy a to b");
        again.IsDone("done", "tag").ShouldBeTrue();
    }

    [Fact]
    public async Task Open_JournalInUse_IsRefused()
    {
        await using var journal = TransferJournal.Open(_path, "x");
        Should.Throw<CloudException>(() => TransferJournal.Open(_path, "x")).Code.ShouldBe(CloudErrorCode.Conflict);
    }

    [Fact]
    public void Open_NotAJournal_SaysSo()
    {
        File.WriteAllText(_path, new string('x', 5000));
        Should.Throw<CloudException>(() => TransferJournal.Open(_path, "x")).Code.ShouldBe(CloudErrorCode.DataCorrupted);
    }

    [Fact]
    public async Task ListExtras_ManyNames_ComeInKeyOrder()
    {
        await using var journal = TransferJournal.Open(null, "x");
        var names = Enumerable.Range(0, 2500).Select(i => FormattableString.Invariant($"{i * 7919 % 2500:d5}")).ToList();
        await Task.WhenAll(names.Select(journal.AddExtraAsync));
        journal.CountExtras().ShouldBe(2500);
        journal.ListExtras().ShouldBe(names.Order(StringComparer.Ordinal));
        await journal.ClearExtrasAsync();
        journal.CountExtras().ShouldBe(0);
    }
}
