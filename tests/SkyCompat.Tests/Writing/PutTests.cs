using System.IO.Pipelines;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class PutTests
{
    private const int Part = 64 << 10;

    private static readonly BucketCapabilities SmallParts = ScriptedBucket.Everything with { MinPartBytes = Part, MaxPutBytes = Part };

    public enum Via
    {
        Memory,
        Stream,
        StreamOfStatedLength,
        UnseekableStream,
        Pipe,
        File,
        Writer,
    }

    public static TheoryData<Via, int> SizesAtTheEdges()
    {
        var data = new TheoryData<Via, int>();
        foreach (var via in Enum.GetValues<Via>())
        {
            foreach (var size in new[] { 0, 1, Part - 1, Part, Part + 1, (3 * Part) + 7 })
            {
                data.Add(via, size);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(SizesAtTheEdges))]
    public async Task Put_SizesAtTheEdgesViaEverySource_AreIdenticalWithTheLeastRequests(Via via, int size)
    {
        await using var engine = new Engine(capabilities: SmallParts);
        var bytes = Engine.Bytes(size);
        var options = new PutOptions { PartSizeBytes = Part, Metadata = Engine.Map(("origin", "test")) };

        var result = await PutAsync(engine.Bucket, via, bytes, options);

        var stored = engine.Driver.Objects["a"];
        stored.Bytes.ShouldBeBytes(bytes);
        stored.Metadata["origin"].ShouldBe("test");
        result.Size.ShouldBe(size);
        result.Tag.ShouldBe(stored.Tag);
        result.Checksum.ShouldBe(ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, bytes));
        var parts = (size + Part - 1) / Part;
        engine.Script.Operations.Order(StringComparer.Ordinal).ShouldBe(
            size <= Part ? ["PutObject"] : ["CompleteMultipartUpload", "CreateMultipartUpload", .. Enumerable.Repeat("PutPart", parts)]);
        engine.ShouldHoldNothing();
    }

    [Theory]
    [InlineData(Via.Memory, 16 << 20, 0)]
    [InlineData(Via.Memory, (16 << 20) + 1, 3)]
    [InlineData(Via.Stream, 16 << 20, 0)]
    [InlineData(Via.Stream, (16 << 20) + 1, 3)]
    [InlineData(Via.UnseekableStream, 8 << 20, 0)]
    [InlineData(Via.UnseekableStream, (8 << 20) + 1, 2)]
    [InlineData(Via.Writer, (8 << 20) + 1, 2)]
    public async Task Put_ByDefault_CutsOverAt16MiBIfKnownAndAtOnePartOtherwise(Via via, int size, int parts)
    {
        await using var engine = new Engine();

        await PutAsync(engine.Bucket, via, new byte[size], new PutOptions());

        engine.Script.Count("PutPart").ShouldBe(parts);
        engine.Script.Count("PutObject").ShouldBe(parts == 0 ? 1 : 0);
        engine.Driver.Objects["a"].Bytes.Length.ShouldBe(size);
        engine.ShouldHoldNothing();
    }

    [Theory]
    [InlineData(Via.Stream, 3 * Part)]
    [InlineData(Via.UnseekableStream, 3 * Part)]
    [InlineData(Via.UnseekableStream, Part / 2)]
    [InlineData(Via.Writer, Part - 1)]
    [InlineData(Via.Memory, 3 * Part)]
    public async Task Put_OneRequestTakesLessThanAPart_SendsWholeParts(Via via, int size)
    {
        await using var engine = new Engine(capabilities: SmallParts with { MaxPutBytes = 1_000, UniformParts = true });
        var bytes = Engine.Bytes(size);

        await PutAsync(engine.Bucket, via, bytes, new PutOptions { PartSizeBytes = Part });

        engine.Driver.Objects["a"].Bytes.ShouldBeBytes(bytes);
        engine.Script.Count("PutObject").ShouldBe(0);
        engine.Script.Count("PutPart").ShouldBe((size + Part - 1) / Part);
        engine.ShouldHoldNothing();
    }

    [Fact]
    public async Task Put_UnknownLength_GrowsPartsSoThatTheirNumberSuffices()
    {
        await using var engine = new Engine(capabilities: ScriptedBucket.Everything with { MaxParts = 20, MinPartBytes = 1_000 });
        var bytes = Engine.Bytes(100_000);

        await PutAsync(engine.Bucket, Via.UnseekableStream, bytes, new PutOptions { PartSizeBytes = 1_000 });

        engine.Driver.Objects["a"].Bytes.ShouldBeBytes(bytes);
        var sizes = engine.Script.Of("PutPart").OrderBy(call => call.Part).Select(call => call.Length).ToList();
        sizes.Count.ShouldBeLessThanOrEqualTo(20);
        sizes[0].ShouldBe(1_000);
        sizes.SkipLast(1).ShouldBeInOrder();
        sizes[^2].ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public async Task Put_KnownLength_ChoosesPartsOfOneSizeThatSuffice()
    {
        await using var engine = new Engine(capabilities: ScriptedBucket.Everything with { MaxParts = 10, MinPartBytes = 1_000, MaxPutBytes = 1_000 });
        var bytes = Engine.Bytes(100_000);

        await PutAsync(engine.Bucket, Via.Stream, bytes, new PutOptions { PartSizeBytes = 1_000 });

        engine.Driver.Objects["a"].Bytes.ShouldBeBytes(bytes);
        var sizes = engine.Script.Of("PutPart").OrderBy(call => call.Part).Select(call => call.Length).ToList();
        sizes.Count.ShouldBeLessThanOrEqualTo(10);
        sizes.SkipLast(1).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(90_000L)]
    public async Task Put_UniformParts_NeverSendsUnequalOnesButTheLast(long? hint)
    {
        // The driver refuses to complete parts that differ or that are no multiple.
        await using var engine = new Engine(capabilities: ScriptedBucket.Everything with { UniformParts = true, PartMultipleBytes = 512, MinPartBytes = 1_024, MaxPutBytes = 4_096 });
        var bytes = Engine.Bytes(100_000);

        await PutAsync(engine.Bucket, Via.UnseekableStream, bytes, new PutOptions { PartSizeBytes = 3_000, SizeHintBytes = hint });

        engine.Driver.Objects["a"].Bytes.ShouldBeBytes(bytes);
        engine.Script.Count("PutPart").ShouldBe(33);
    }

    [Theory]
    [InlineData(Via.UnseekableStream)]
    [InlineData(Via.Writer)]
    public async Task Put_MoreThanMaxParts_IsTooLargeAndNothingIsLeft(Via via)
    {
        await using var engine = new Engine(capabilities: ScriptedBucket.Everything with { MaxParts = 3, MinPartBytes = 1_000, MaxPartBytes = 1_000, MaxPutBytes = 1_000 });

        await CloudAssert.FailsAsync(
            () => PutAsync(engine.Bucket, via, Engine.Bytes(3_001), new PutOptions()), CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.TooLarge);

        engine.Driver.Objects.ShouldBeEmpty();
        engine.ShouldHoldNothing();
    }

    [Fact]
    public async Task Put_LargerThanMaxObjectBytes_IsTooLargeBeforeAnyRequestIfTheLengthIsKnown()
    {
        await using var engine = new Engine(capabilities: SmallParts with { MaxObjectBytes = 2 * Part });

        await CloudAssert.FailsAsync(
            () => PutAsync(engine.Bucket, Via.Stream, Engine.Bytes((2 * Part) + 1), new PutOptions()), CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.TooLarge);
        engine.Script.Calls.ShouldBeEmpty();
        await CloudAssert.FailsAsync(
            () => PutAsync(engine.Bucket, Via.UnseekableStream, Engine.Bytes((2 * Part) + 1), new PutOptions()), CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.TooLarge);

        engine.Driver.Objects.ShouldBeEmpty();
        engine.ShouldHoldNothing();
    }

    [Theory]
    [InlineData(10, 11)]
    [InlineData(10, 9)]
    [InlineData(3 * Part, (3 * Part) + 1)]
    [InlineData(3 * Part, (3 * Part) - 1)]
    public async Task Put_StatedLengthIsNotTheRealOne_IsALengthMismatchAndNothingIsVisible(int real, int stated)
    {
        await using var engine = new Engine(capabilities: SmallParts);

        await CloudAssert.FailsAsync(
            () => engine.Bucket.PutAsync("a", ObjectBody.FromStream(new MemoryStream(Engine.Bytes(real)), stated), new PutOptions { PartSizeBytes = Part }),
            CloudErrorCode.InvalidArgument,
            ObjectStorageErrorReasons.LengthMismatch);

        engine.Driver.Objects.ShouldBeEmpty();
        engine.ShouldHoldNothing();
    }

    [Theory]
    [InlineData(Via.Memory, 10)]
    [InlineData(Via.Stream, 10)]
    [InlineData(Via.Stream, 3 * Part)]
    [InlineData(Via.Memory, 3 * Part)]
    public async Task Put_ExpectedChecksumDiffers_IsCorruptedAndNothingIsVisible(Via via, int size)
    {
        await using var engine = new Engine(capabilities: SmallParts);
        foreach (var algorithm in Enum.GetValues<ChecksumAlgorithm>())
        {
            var wrong = ChecksumHasher.Compute(algorithm, Engine.Bytes(size, seed: 2));

            await CloudAssert.FailsAsync(
                () => PutAsync(engine.Bucket, via, Engine.Bytes(size), new PutOptions { PartSizeBytes = Part, Checksum = wrong }),
                CloudErrorCode.DataCorrupted,
                ObjectStorageErrorReasons.ChecksumMismatch);
        }

        engine.Driver.Objects.ShouldBeEmpty();
        engine.ShouldHoldNothing();
    }

    [Theory]
    [InlineData(Via.Memory, 10)]
    [InlineData(Via.UnseekableStream, 3 * Part)]
    public async Task Put_ExpectedChecksumIsRight_Succeeds(Via via, int size)
    {
        await using var engine = new Engine(capabilities: SmallParts);
        foreach (var algorithm in Enum.GetValues<ChecksumAlgorithm>())
        {
            var bytes = Engine.Bytes(size, seed: (int)algorithm);

            await PutAsync(engine.Bucket, via, bytes, new PutOptions { PartSizeBytes = Part, Checksum = ChecksumHasher.Compute(algorithm, bytes) });

            engine.Driver.Objects["a"].Bytes.ShouldBeBytes(bytes);
        }
    }

    [Fact]
    public async Task Put_InParts_BindsTheSameOptionsAtCreateAndComplete()
    {
        await using var engine = new Engine(capabilities: SmallParts with { UploadChecksumAlgorithm = ChecksumAlgorithm.Crc64Nvme });
        var options = new PutOptions
        {
            PartSizeBytes = Part,
            Headers = new ContentHeaders { ContentType = "image/png", CacheControl = "no-store" },
            Metadata = Engine.Map(("Author", "Ada")),
            Tags = Engine.Map(("team", "blue")),
            Tier = StorageTier.Cold,
            Condition = WriteCondition.MustNotExist,
        };

        await engine.Bucket.PutAsync("a", Engine.Bytes(3 * Part), options);

        var created = engine.Script.Of("CreateMultipartUpload")[0].Put!;
        var completed = engine.Script.Of("CompleteMultipartUpload")[0];
        completed.Put.ShouldBe(created);
        completed.Checksum!.Algorithm.ShouldBe(ChecksumAlgorithm.Crc64Nvme);
        created.Condition.ShouldBe(WriteCondition.MustNotExist);
        created.Headers.ContentType.ShouldBe("image/png");
        created.Metadata["author"].ShouldBe("Ada");
        created.Tags["team"].ShouldBe("blue");
        created.Tier.ShouldBe(StorageTier.Cold);
    }

    [Theory]
    [InlineData(Via.Memory)]
    [InlineData(Via.UnseekableStream)]
    public async Task Put_InParts_ReportsProgressInOrderUpToTheSize(Via via)
    {
        await using var engine = new Engine(capabilities: SmallParts);
        var progress = new RecordedProgress();

        await PutAsync(engine.Bucket, via, Engine.Bytes((5 * Part) + 7), new PutOptions { PartSizeBytes = Part, Concurrency = 3, Progress = progress });

        progress.Reports.Count.ShouldBe(6);
        progress.Reports.ShouldBeInOrder();
        progress.Reports[^1].ShouldBe((5 * Part) + 7);
    }

    [Fact]
    public async Task Put_InParts_NeverHasMoreInFlightThanAsked()
    {
        await using var engine = new Engine(capabilities: SmallParts);
        var (inFlight, most) = (0, 0);
        var gate = new Lock();
        engine.Script.Before("PutPart", async _ =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++inFlight);
            }

            await Task.Yield();
        });
        engine.Script.After("PutPart", _ =>
        {
            lock (gate)
            {
                inFlight--;
            }

            return Task.CompletedTask;
        });

        await PutAsync(engine.Bucket, Via.Memory, Engine.Bytes(20 * Part), new PutOptions { PartSizeBytes = Part, Concurrency = 2 });

        most.ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task Put_SourceThatIsRead_IsNeverClosedAndStartsAtItsPosition()
    {
        await using var engine = new Engine();
        using var source = new MemoryStream(Engine.Bytes(100));
        source.Position = 40;

        await engine.Bucket.PutAsync("a", source);

        source.CanRead.ShouldBeTrue();
        engine.Driver.Objects["a"].Bytes.ShouldBeBytes(Engine.Bytes(100)[40..]);
    }

    internal static async Task<PutResult> PutAsync(IBucket bucket, Via via, byte[] bytes, PutOptions options)
    {
        switch (via)
        {
            case Via.Memory:
                return await bucket.PutAsync("a", bytes, options);
            case Via.Stream:
                return await bucket.PutAsync("a", new MemoryStream(bytes), options);
            case Via.StreamOfStatedLength:
                return await bucket.PutAsync("a", ObjectBody.FromStream(new ScriptedBody(new MemoryStream(bytes), chunk: 10_000), bytes.Length), options);
            case Via.UnseekableStream:
                return await bucket.PutAsync("a", new ScriptedBody(new MemoryStream(bytes), chunk: 1 << 20), options);
            case Via.Pipe:
                return await bucket.PutAsync("a", PipeReader.Create(new MemoryStream(bytes)), options);
            case Via.File:
                var path = Path.GetTempFileName();
                try
                {
                    await File.WriteAllBytesAsync(path, bytes);
                    return await bucket.UploadFileAsync("a", path, options);
                }
                finally
                {
                    File.Delete(path);
                }

            default:
                await using (var writer = bucket.OpenWrite("a", options))
                {
                    for (var offset = 0; offset < bytes.Length; offset += 30_000)
                    {
                        await writer.WriteAsync(bytes.AsMemory(offset, Math.Min(30_000, bytes.Length - offset)));
                    }

                    return await writer.CommitAsync();
                }
        }
    }
}
