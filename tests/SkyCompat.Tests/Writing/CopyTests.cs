using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class CopyTests
{
    private const int Part = 64 << 10;

    private static readonly BucketCapabilities InParts = ScriptedBucket.Everything with { MaxCopyBytes = Part, MinPartBytes = Part, MaxPartBytes = Part };

    [Fact]
    public async Task Copy_InsideTheStore_TakesALookAndOneRequestAndKeepsAttributes()
    {
        await using var engine = new Engine();
        var stored = await engine.Bucket.PutAsync("a", Engine.Bytes(100), Attributes);

        var result = await engine.Bucket.CopyAsync("a", "b");

        engine.Script.Operations.ShouldBe(["PutObject", "GetObjectInfo", "CopyObject"]);
        result.Size.ShouldBe(100);
        ShouldHaveAttributes(engine.Driver.Objects["b"], Engine.Bytes(100));
        engine.Driver.Objects["a"].Tag.ShouldBe(stored.Tag);
    }

    [Fact]
    public async Task Copy_NewAttributes_ReplacesThem()
    {
        await using var engine = new Engine();
        await engine.Bucket.PutAsync("a", Engine.Bytes(100), Attributes);

        await engine.Bucket.CopyAsync("a", "b", new CopyOptions { Attributes = new ObjectAttributes { Metadata = Engine.Map(("New", "1")), Tags = Engine.Map() } });

        engine.Driver.Objects["b"].Metadata.ShouldBe(Engine.Map(("new", "1")));
        engine.Driver.Objects["b"].Headers.ShouldBe(ContentHeaders.Default);
        engine.Driver.Objects["b"].Tags.ShouldBeEmpty();
    }

    [Fact]
    public async Task Copy_TooLargeForOneRequest_IsCopiedInPartsWithAttributesAndTags()
    {
        await using var engine = new Engine(capabilities: InParts);
        var bytes = Engine.Bytes((5 * Part) + 7);
        await engine.Bucket.PutAsync("a", bytes, Attributes);
        var progress = new RecordedProgress();

        var result = await engine.Bucket.CopyAsync("a", "b", new CopyOptions { Progress = progress });

        ShouldHaveAttributes(engine.Driver.Objects["b"], bytes);
        result.Size.ShouldBe(bytes.Length);
        engine.Script.Count("CopyPart").ShouldBe(6);
        engine.Script.Count("GetObject").ShouldBe(0);
        progress.Reports.Max().ShouldBe(bytes.Length);
        engine.ShouldHoldNothing();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData((2 * Part) + 1)]
    public async Task Copy_ConditionWhereCopiesTakeNone_IsBoundToTheUpload(int size)
    {
        await using var engine = new Engine(capabilities: InParts with { Features = InParts.Features & ~BucketFeatures.ConditionalCopy });
        var bytes = Engine.Bytes(size);
        engine.Driver.Seed("a", bytes);
        engine.Driver.Seed("there", [1]);
        var options = new CopyOptions { Condition = WriteCondition.MustNotExist };

        await engine.Bucket.CopyAsync("a", "b", options);
        await CloudAssert.FailsAsync(() => engine.Bucket.CopyAsync("a", "there", options), CloudErrorCode.AlreadyExists, ObjectStorageErrorReasons.ObjectExists);

        engine.Driver.Objects["b"].Bytes.ShouldBeBytes(bytes);
        engine.Driver.Objects["there"].Bytes.ShouldBeBytes([1]);
        engine.Script.Count("CopyObject").ShouldBe(0);
        engine.ShouldHoldNothing();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copy_SourceChangesMidway_FailsAndLeavesNothing(bool storePinsTheSource)
    {
        await using var engine = new Engine(capabilities: InParts with { Features = storePinsTheSource ? InParts.Features : InParts.Features & ~BucketFeatures.CopySourceIfMatch });
        engine.Driver.Seed("a", Engine.Bytes(5 * Part));
        engine.Script.Before("CopyPart", _ => Task.FromResult(engine.Driver.Seed("a", Engine.Bytes(5 * Part, seed: 2))), call => call.Number == 2);

        var error = await Should.ThrowAsync<CloudException>(() => engine.Bucket.CopyAsync("a", "b"));

        error.Code.ShouldBe(CloudErrorCode.PreconditionFailed);
        engine.Driver.Objects.Keys.ShouldBe(["a"]);
        engine.ShouldHoldNothing();
    }

    [Fact]
    public async Task Copy_SourceIsNotTheOneExpected_FailsAndWritesNothing()
    {
        await using var engine = new Engine();
        engine.Driver.Seed("a", [1]);
        var other = new CopyOptions { SourceIfMatch = VersionTag.Parse("other") };

        (await Should.ThrowAsync<CloudException>(() => engine.Bucket.CopyAsync("a", "b", other))).Code.ShouldBe(CloudErrorCode.PreconditionFailed);
        (await Should.ThrowAsync<CloudException>(() => engine.Bucket.CopyAsync("a", "b", other with { Condition = WriteCondition.MustNotExist }))).Code.ShouldBe(CloudErrorCode.PreconditionFailed);

        engine.Driver.Objects.Keys.ShouldBe(["a"]);
    }

    [Fact]
    public async Task Copy_NoSource_IsNotFoundOnEveryPath()
    {
        await using var engine = new Engine(capabilities: InParts with { Features = InParts.Features & ~BucketFeatures.ConditionalCopy });
        await using var elsewhere = new Engine();

        await FailsAsync(new ObjectReference(engine.Bucket, "none"), WriteCondition.None);
        await FailsAsync(new ObjectReference(engine.Bucket, "none"), WriteCondition.MustNotExist);
        await FailsAsync(new ObjectReference(elsewhere.Bucket, "none"), WriteCondition.None);

        engine.Driver.Objects.ShouldBeEmpty();

        Task FailsAsync(ObjectReference source, WriteCondition condition) => CloudAssert.FailsAsync(
            () => engine.Bucket.CopyAsync(source, "b", new CopyOptions { Condition = condition }), CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound);
    }

    [Fact]
    public async Task Copy_CancelledWhileTheUploadIsBeingCreated_AbortsIt()
    {
        await using var engine = new Engine(capabilities: InParts);
        engine.Driver.Seed("a", Engine.Bytes(5 * Part));
        using var source = new CancellationTokenSource();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reply = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Script.After("CreateMultipartUpload", async call =>
        {
            reached.SetResult();
            await reply.Task.WaitAsync(call.Token);
        });

        var copy = engine.Bucket.CopyAsync("a", "b", cancellationToken: source.Token);
        await reached.Task;
        await source.CancelAsync();
        reply.SetResult();

        await Should.ThrowAsync<OperationCanceledException>(() => copy);
        engine.Driver.Objects.Keys.ShouldBe(["a"]);
        engine.ShouldHoldNothing();
    }

    [Fact]
    public async Task Copy_AcrossStores_PipesBytesWithAttributesAndTags()
    {
        await using var from = new Engine();
        await using var to = new Engine(capabilities: ScriptedBucket.Everything with { MinPartBytes = Part, MaxPutBytes = Part });
        var bytes = Engine.Bytes(20 * Part);
        await from.Bucket.PutAsync("a", bytes, Attributes with { Condition = WriteCondition.MustNotExist });

        var result = await to.Bucket.CopyAsync(new ObjectReference(from.Bucket, "a"), "b", new CopyOptions { Condition = WriteCondition.MustNotExist });

        result.Size.ShouldBe(bytes.Length);
        ShouldHaveAttributes(to.Driver.Objects["b"], bytes);
        to.Script.Count("CopyObject").ShouldBe(0);
        from.ShouldHoldNothing();
        to.ShouldHoldNothing();
    }

    [Fact]
    public async Task Copy_AcrossStoresFromALongerKeyThanAllowedHere_Works()
    {
        await using var from = new Engine();
        await using var to = new Engine(capabilities: ScriptedBucket.Everything with { MaxKeyBytes = 10 });
        from.Driver.Seed("a-key-that-is-longer", [1]);

        await to.Bucket.CopyAsync(new ObjectReference(from.Bucket, "a-key-that-is-longer"), "b");

        to.Driver.Objects["b"].Bytes.ShouldBeBytes([1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copy_OntoItselfWithoutAChange_IsRefusedBeforeAnyRequest(bool serverSide)
    {
        await using var engine = new Engine(capabilities: serverSide ? null : ScriptedBucket.Everything with { Features = ScriptedBucket.Everything.Features & ~BucketFeatures.ServerSideCopy });
        engine.Driver.Seed("x/a", [1]);

        await CloudAssert.FailsAsync(() => engine.Bucket.CopyAsync("x/a", "x/a"), CloudErrorCode.InvalidArgument);
        await CloudAssert.FailsAsync(() => engine.Bucket.CopyAsync(new ObjectReference(engine.Bucket.WithPrefix("x/"), "a"), "x/a"), CloudErrorCode.InvalidArgument);
        engine.Script.Calls.ShouldBeEmpty();

        await engine.Bucket.SetAttributesAsync("x/a", new ObjectAttributes { Metadata = Engine.Map(("k", "v")) });
        engine.Driver.Objects["x/a"].Metadata["k"].ShouldBe("v");
    }

    [Fact]
    public async Task Copy_FromABucketOfTheSameNameInAnotherAccount_IsNoCopyOntoItself()
    {
        await using var from = new Engine();
        await using var to = new Engine();
        to.Storage.CopiesFrom = from.Script;
        from.Driver.Seed("a", [1, 2]);

        await to.Bucket.CopyAsync(new ObjectReference(from.Bucket, "a"), "a");

        to.Script.Operations.ShouldBe(["CopyObject"]);
        to.Driver.Objects["a"].Bytes.ShouldBeBytes([1, 2]);
    }

    [Fact]
    public async Task Copy_OntoItselfThroughAnotherCloudOfTheSameStore_IsRefused()
    {
        await using var engine = new Engine();
        await using var twin = new Engine(storage: engine.Storage);
        engine.Driver.Seed("a", [1]);

        await CloudAssert.FailsAsync(() => twin.Bucket.CopyAsync(new ObjectReference(engine.Bucket, "a"), "a"), CloudErrorCode.InvalidArgument);

        engine.Script.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Copy_ThroughPrefixes_StaysInsideTheStore()
    {
        await using var engine = new Engine();
        engine.Driver.Seed("y/z/a", [1, 2]);

        await engine.Bucket.WithPrefix("x/").CopyAsync(new ObjectReference(engine.Bucket.WithPrefix("y/").WithPrefix("z/").AsReadOnly(), "a"), "b");

        engine.Script.Operations.ShouldBe(["GetObjectInfo", "CopyObject"]);
        engine.Driver.Objects["x/b"].Bytes.ShouldBeBytes([1, 2]);
    }

    [Fact]
    public async Task Move_Succeeds_LeavesOnlyTheNewKey()
    {
        await using var engine = new Engine();
        engine.Driver.Seed("a", [1]);

        await engine.Bucket.MoveAsync("a", "b");

        engine.Driver.Objects.Keys.ShouldBe(["b"]);
    }

    private static PutOptions Attributes => new()
    {
        Headers = new ContentHeaders { ContentType = "image/png", CacheControl = "no-store" },
        Metadata = Engine.Map(("author", "ada")),
        Tags = Engine.Map(("team", "blue")),
    };

    private static void ShouldHaveAttributes(StoredObject stored, byte[] bytes)
    {
        stored.Bytes.ShouldBeBytes(bytes);
        stored.Headers.ShouldBe(Attributes.Headers);
        stored.Metadata["author"].ShouldBe("ada");
        stored.Tags.ShouldBe(Attributes.Tags);
    }
}
