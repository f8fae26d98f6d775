using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class LostReplyTests : IAsyncDisposable
{
    private const int Part = 64 << 10;

    private readonly Engine _engine = new(capabilities: ScriptedBucket.Everything with { MinPartBytes = Part, MaxPutBytes = Part });

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_ConditionalAndItsReplyIsLost_SucceedsByLooking(bool mustNotExist)
    {
        var condition = mustNotExist ? WriteCondition.MustNotExist : WriteCondition.MustMatch(_engine.Driver.Seed("a", [1]).Tag);
        _engine.Script.LoseReply("PutObject", 1);

        var result = await _engine.Bucket.PutAsync("a", Engine.Bytes(100), new PutOptions { Condition = condition });

        _engine.Script.Operations.ShouldBe(["PutObject", "PutObject", "GetObjectInfo"]);
        result.Tag.ShouldBe(_engine.Driver.Objects["a"].Tag);
        result.Size.ShouldBe(100);
        result.Checksum.ShouldBe(ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, Engine.Bytes(100)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_SomebodyElseWroteAfterAnAmbiguousAttempt_ReportsTheConflict(bool mustNotExist)
    {
        var condition = mustNotExist ? WriteCondition.MustNotExist : WriteCondition.MustMatch(_engine.Driver.Seed("a", [1]).Tag);
        _engine.Script.Fail("PutObject", Errors.LostReply, 1);
        _engine.Script.Before("PutObject", _ => Task.FromResult(_engine.Driver.Seed("a", [9])), call => call.Number == 2);

        var error = await Should.ThrowAsync<CloudException>(() => _engine.Bucket.PutAsync("a", Engine.Bytes(100), new PutOptions { Condition = condition }));

        error.Code.ShouldBe(mustNotExist ? CloudErrorCode.AlreadyExists : CloudErrorCode.PreconditionFailed);
        error.MayHaveTakenEffect.ShouldBeTrue();
        _engine.Driver.Objects["a"].Bytes.ShouldBeBytes([9]);
    }

    [Fact]
    public async Task Put_ConflictWithoutAnAmbiguousAttempt_IsReportedWithoutLooking()
    {
        _engine.Driver.Seed("a", [1]);
        _engine.Script.Fail("PutObject", Errors.Unavailable, 1);

        var error = await CloudAssert.FailsAsync(
            () => _engine.Bucket.PutAsync("a", Engine.Bytes(100), new PutOptions { Condition = WriteCondition.MustNotExist }),
            CloudErrorCode.AlreadyExists,
            ObjectStorageErrorReasons.ObjectExists);

        error.MayHaveTakenEffect.ShouldBeFalse();
        _engine.Script.Operations.ShouldBe(["PutObject", "PutObject"]);
    }

    [Fact]
    public async Task Put_LookingFailsToo_SaysThatItMayHaveTakenEffect()
    {
        _engine.Script.LoseReply("PutObject", 1);
        _engine.Script.Fail("GetObjectInfo", Errors.Denied);

        var error = await CloudAssert.FailsAsync(
            () => _engine.Bucket.PutAsync("a", Engine.Bytes(100), new PutOptions { Condition = WriteCondition.MustNotExist }), CloudErrorCode.PermissionDenied);

        error.MayHaveTakenEffect.ShouldBeTrue();
    }

    [Fact]
    public async Task Put_EveryReplyIsLost_SaysThatItMayHaveTakenEffect()
    {
        _engine.Script.LoseReply("PutObject");

        (await CloudAssert.FailsAsync(() => _engine.Bucket.PutAsync("a", new byte[] { 1 }), CloudErrorCode.Unavailable)).MayHaveTakenEffect.ShouldBeTrue();
    }

    [Fact]
    public async Task Put_LastingErrorAfterALostReply_SaysThatItMayHaveTakenEffect()
    {
        _engine.Script.LoseReply("PutObject", 1);
        _engine.Script.Fail("PutObject", Errors.Denied, 2);

        (await CloudAssert.FailsAsync(() => _engine.Bucket.PutAsync("a", new byte[] { 1 }), CloudErrorCode.PermissionDenied)).MayHaveTakenEffect.ShouldBeTrue();
    }

    [Fact]
    public async Task Delete_LastingErrorAfterALostReply_SaysThatItMayHaveTakenEffect()
    {
        _engine.Driver.Seed("a", [1]);
        _engine.Script.LoseReply("DeleteObject", 1);
        _engine.Script.Fail("DeleteObject", Errors.Denied, 2);

        (await CloudAssert.FailsAsync(() => _engine.Bucket.DeleteAsync("a"), CloudErrorCode.PermissionDenied)).MayHaveTakenEffect.ShouldBeTrue();
    }

    [Fact]
    public async Task SetTags_LastingErrorAfterALostReply_SaysThatItMayHaveTakenEffect()
    {
        _engine.Driver.Seed("a", [1]);
        _engine.Script.LoseReply("SetObjectTags", 1);
        _engine.Script.Fail("SetObjectTags", Errors.Denied, 2);

        var tags = _engine.Bucket.GetRequiredService<IObjectTags>();

        (await CloudAssert.FailsAsync(() => tags.SetTagsAsync("a", Engine.Map(("k", "v"))), CloudErrorCode.PermissionDenied)).MayHaveTakenEffect.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_ReplyToCompleteIsLost_SucceedsByLooking(bool conditional)
    {
        _engine.Script.LoseReply("CompleteMultipartUpload", 1);

        var result = await _engine.Bucket.PutAsync(
            "a", Engine.Bytes(3 * Part), new PutOptions { PartSizeBytes = Part, Condition = conditional ? WriteCondition.MustNotExist : WriteCondition.None });

        result.Tag.ShouldBe(_engine.Driver.Objects["a"].Tag);
        result.Size.ShouldBe(3 * Part);
        _engine.Script.Count("AbortMultipartUpload").ShouldBe(0);
        _engine.ShouldHoldNothing();
    }

    [Fact]
    public async Task Put_ReplyToCompleteIsLostAndTheObjectReplaced_IsReported()
    {
        _engine.Script.LoseReply("CompleteMultipartUpload", 1);
        _engine.Script.Before("CompleteMultipartUpload", _ => Task.FromResult(_engine.Driver.Seed("a", [9])), call => call.Number == 2);

        var error = await CloudAssert.FailsAsync(
            () => _engine.Bucket.PutAsync("a", Engine.Bytes(3 * Part), new PutOptions { PartSizeBytes = Part }), CloudErrorCode.NotFound, ObjectStorageErrorReasons.UploadNotFound);

        error.MayHaveTakenEffect.ShouldBeTrue();
    }

    [Fact]
    public async Task Delete_ConditionalAndItsReplyIsLost_SucceedsByLooking()
    {
        var tag = _engine.Driver.Seed("a", [1]).Tag;
        _engine.Script.LoseReply("DeleteObject", 1);

        (await _engine.Bucket.DeleteAsync("a", new DeleteOptions { IfMatch = tag })).Outcome.ShouldBe(DeleteOutcome.Deleted);
    }

    [Fact]
    public async Task Delete_ConditionalAndSomethingElseIsThere_ReportsTheConflict()
    {
        var tag = _engine.Driver.Seed("a", [1]).Tag;
        _engine.Script.LoseReply("DeleteObject", 1);
        _engine.Script.Before("DeleteObject", _ => Task.FromResult(_engine.Driver.Seed("a", [9])), call => call.Number == 2);

        var error = await CloudAssert.FailsAsync(() => _engine.Bucket.DeleteAsync("a", new DeleteOptions { IfMatch = tag }), CloudErrorCode.PreconditionFailed);

        error.MayHaveTakenEffect.ShouldBeTrue();
        _engine.Driver.Objects.Keys.ShouldBe(["a"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copy_ConditionalAndItsReplyIsLost_SucceedsByLooking(bool mustNotExist)
    {
        _engine.Driver.Seed("source", [1, 2, 3]);
        var condition = mustNotExist ? WriteCondition.MustNotExist : WriteCondition.MustMatch(_engine.Driver.Seed("a", [1]).Tag);
        _engine.Script.LoseReply("CopyObject", 1);

        var result = await _engine.Bucket.CopyAsync("source", "a", new CopyOptions { Condition = condition });

        result.Tag.ShouldBe(_engine.Driver.Objects["a"].Tag);
        result.Size.ShouldBe(3);
    }

    [Fact]
    public async Task Stamp_IsNeverVisible()
    {
        var metadata = Engine.Map(("author", "ada"));
        await _engine.Bucket.PutAsync("a", new byte[] { 1 }, new PutOptions { Condition = WriteCondition.MustNotExist, Metadata = metadata });
        await _engine.Bucket.PutAsync("b", Engine.Bytes(3 * Part), new PutOptions { PartSizeBytes = Part, Metadata = metadata });
        await _engine.Bucket.CopyAsync("a", "c", new CopyOptions { Condition = WriteCondition.MustNotExist });
        _engine.Driver.Objects.Values.ShouldAllBe(stored => stored.Metadata.Count == 2);

        foreach (var key in _engine.Driver.Objects.Keys)
        {
            (await _engine.Bucket.GetInfoAsync(key)).Metadata.ShouldBe(metadata);
            foreach (var options in new[] { new GetOptions(), new GetOptions { Concurrency = 2, PartSizeBytes = Part }, new GetOptions { Range = ByteRange.Slice(0, 0) } })
            {
                await using var content = await _engine.Bucket.GetAsync(key, options);
                content.Info.Metadata.ShouldBe(metadata);
            }
        }
    }

    [Fact]
    public async Task Put_UnconditionalByOneRequest_StampsNothing()
    {
        await _engine.Bucket.PutAsync("a", new byte[] { 1 });

        _engine.Driver.Objects["a"].Metadata.ShouldBeEmpty();
    }
}
