using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class MultipartUploadTests : IAsyncDisposable
{
    private const int Part = 1_024;

    private readonly Engine _engine = new(capabilities: ScriptedBucket.Everything with { UniformParts = true, MaxPartBytes = 4 * Part, MaxParts = 5 });

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private IMultipartUploads Uploads => _engine.Bucket.GetRequiredService<IMultipartUploads>();

    [Fact]
    public async Task Complete_PartsInAnyOrder_JoinsThemByNumber()
    {
        var upload = await Uploads.CreateAsync("a");
        var bytes = Engine.Bytes((2 * Part) + 5);
        var third = await Uploads.PutPartAsync(upload, 5, bytes[(2 * Part)..]);
        var first = await Uploads.PutPartAsync(upload, 1, new MemoryStream(bytes, 0, Part));
        var second = await Uploads.PutPartAsync(upload, 3, bytes[Part..(2 * Part)]);

        var result = await Uploads.CompleteAsync(upload, [third, first, second]);

        _engine.Driver.Objects["a"].Bytes.ShouldBeBytes(bytes);
        result.Size.ShouldBe(bytes.Length);
        result.Checksum.ShouldBe(ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, bytes));
        _engine.ShouldHoldNothing();
    }

    [Fact]
    public async Task Complete_NoParts_MakesAnEmptyObject()
    {
        var result = await Uploads.CompleteAsync(await Uploads.CreateAsync("a"), []);

        result.Size.ShouldBe(0);
        _engine.Driver.Objects["a"].Bytes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Complete_PartsThatCannotBeJoined_IsInvalidBeforeAnyRequest()
    {
        var upload = new MultipartUpload("a", "none");
        var tag = VersionTag.Parse("t");
        var part = new UploadedPart(1, tag, Part);

        await FailsAsync([part, part]);
        await FailsAsync([part with { Size = Part - 1 }, part with { Number = 2 }]);
        await FailsAsync([part, part with { Number = 2, Size = 2 * Part }, part with { Number = 3 }]);

        _engine.Script.Calls.ShouldBeEmpty();

        Task FailsAsync(UploadedPart[] parts) =>
            CloudAssert.FailsAsync(() => Uploads.CompleteAsync(upload, parts), CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidPart);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(6, 10)]
    [InlineData(1, (4 * Part) + 1)]
    public async Task PutPart_NumberOrSizeOutOfRange_IsInvalidBeforeAnyRequest(int number, int size)
    {
        var upload = new MultipartUpload("a", "none");

        await CloudAssert.FailsAsync(() => Uploads.PutPartAsync(upload, number, new byte[size]), CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidPart);
        await CloudAssert.FailsAsync(() => Uploads.PutPartAsync(upload, number, new MemoryStream(new byte[size])), CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidPart);

        _engine.Script.Calls.ShouldBeEmpty();
        _engine.ShouldHoldNothing();
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    public async Task PutPart_StatedLengthIsNotTheRealOne_IsALengthMismatch(int stated)
    {
        var upload = await Uploads.CreateAsync("a");

        await CloudAssert.FailsAsync(
            () => Uploads.PutPartAsync(upload, 1, ObjectBody.FromStream(new MemoryStream(new byte[10]), stated)), CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.LengthMismatch);

        _engine.Script.Count("PutPart").ShouldBe(0);
        _engine.Budget.Used.ShouldBe(0);
    }

    [Fact]
    public async Task PutPart_UnknownLength_IsInvalid() => await CloudAssert.FailsAsync(
        () => Uploads.PutPartAsync(new MultipartUpload("a", "none"), 1, new ScriptedBody(Stream.Null)), CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidPart);

    [Fact]
    public async Task PutPart_UploadIsGone_IsNotFound() => await CloudAssert.FailsAsync(
        () => Uploads.PutPartAsync(new MultipartUpload("a", "none"), 1, new byte[1]), CloudErrorCode.NotFound, ObjectStorageErrorReasons.UploadNotFound);
}
