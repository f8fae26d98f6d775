using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class WrapperTests : IAsyncDisposable
{
    private readonly Engine _engine = new();
    private readonly IBucket _view;

    public WrapperTests() => _view = _engine.Bucket.WithPrefix("in/");

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Prefix_EveryMember_StaysInside()
    {
        _engine.Driver.Seed("a", [0]);
        _engine.Driver.Seed("in/", [0]);

        await _view.PutAsync("a", new byte[] { 1 });
        (await _view.GetInfoAsync("a")).Key.ShouldBe("a");
        await using (var content = await _view.GetAsync("a"))
        {
            content.Info.Key.ShouldBe("a");
            (await content.ReadBytesAsync()).ShouldBeBytes([1]);
        }

        await using (var writer = _view.OpenWrite("b"))
        {
            await writer.CommitAsync();
        }

        await _view.CopyAsync("a", "c");
        (await _view.SignAsync("a")).Url.AbsolutePath.ShouldEndWith("/in%2Fa");
        await _view.GetRequiredService<IObjectTags>().SetTagsAsync("a", Engine.Map(("k", "v")));
        (await _view.GetRequiredService<IObjectTags>().GetTagsAsync("a"))["k"].ShouldBe("v");
        (await _view.GetRequiredService<IBucketVersions>().ListVersionsPageAsync()).Entries.Select(entry => entry.Key).ShouldBe(["a", "b", "c"]);
        (await _view.DeleteAsync("b")).Key.ShouldBe("b");

        _engine.Driver.Objects.Keys.Order(StringComparer.Ordinal).ShouldBe(["a", "in/", "in/a", "in/c"]);
        _engine.Driver.Objects["a"].Bytes.ShouldBeBytes([0]);
        _engine.Script.Calls.ShouldAllBe(call => call.Key == null || call.Key.StartsWith("in/"));
    }

    [Fact]
    public async Task Prefix_List_ShowsOnlyKeysInsideWithoutThePrefix()
    {
        foreach (var key in new[] { "a", "in/", "in/a", "in/b/1", "in/b/2", "in/c", "inn" })
        {
            _engine.Driver.Seed(key, [1]);
        }

        (await KeysAsync(new ListOptions())).ShouldBe(["a", "b/1", "b/2", "c"]);
        (await KeysAsync(new ListOptions { Delimiter = "/" })).ShouldBe(["a", "b/", "c"]);
        (await KeysAsync(new ListOptions { Prefix = "b/" })).ShouldBe(["b/1", "b/2"]);
        (await KeysAsync(new ListOptions { StartAfter = "b/1" })).ShouldBe(["b/2", "c"]);
        (await KeysAsync(new ListOptions { PageSize = 1 })).ShouldBe(["a", "b/1", "b/2", "c"]);

        Task<List<string>> KeysAsync(ListOptions options) => _view.ListAsync(options).Select(entry => entry.Key).ToListAsync().AsTask();
    }

    [Fact]
    public async Task Prefix_DeleteMany_ReportsKeysAsAskedAndBadOnesAsResults()
    {
        _engine.Driver.Seed("a", [1]);
        _engine.Driver.Seed("in/a", [1]);

        var results = await _view.WithPrefix("x/").DeleteManyAsync(new[] { "a", "", "b" }.ToAsyncEnumerable()).ToListAsync();
        await _view.DeleteManyAsync(new[] { "a" }.ToAsyncEnumerable()).CountAsync();

        results.Select(result => result.Key).ShouldBe(["a", "", "b"]);
        results.Select(result => result.Outcome is DeleteOutcome.Failed).ShouldBe([false, true, false]);
        _engine.Driver.Objects.Keys.ShouldBe(["a"]);
    }

    [Fact]
    public async Task Prefix_Uploads_AreThoseInside()
    {
        var uploads = _view.GetRequiredService<IMultipartUploads>();
        var outside = await _engine.Bucket.GetRequiredService<IMultipartUploads>().CreateAsync("a");

        var upload = await uploads.CreateAsync("a");
        var part = await uploads.PutPartAsync(upload, 1, new byte[10]);
        upload.Key.ShouldBe("a");
        (await uploads.ListUploadsAsync().Select(u => u.Key).ToListAsync()).ShouldBe(["a"]);
        (await uploads.ListPartsAsync(upload).Select(p => p.Number).ToListAsync()).ShouldBe([1]);
        await uploads.CompleteAsync(upload, [part]);
        var second = await uploads.CreateAsync("b");
        await uploads.AbortAsync(second);
        await uploads.AbortAsync(second);

        _engine.Driver.Objects.Keys.ShouldBe(["in/a"]);
        _engine.Driver.Uploads.Keys.ShouldBe([outside.UploadId]);
    }

    [Fact]
    public async Task Prefix_VersioningOfTheWholeBucket_CannotBeSwitched()
    {
        var versions = _view.GetRequiredService<IBucketVersions>();

        (await versions.GetVersioningAsync()).ShouldBe(VersioningState.Enabled);
        await CloudAssert.FailsAsync(() => versions.SetVersioningAsync(VersioningState.Suspended), CloudErrorCode.PermissionDenied);

        _engine.Script.Count("SetBucketVersioning").ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../a")]
    [InlineData("/a")]
    public async Task Prefix_KeyThatWouldEscape_IsRefusedBeforeAnyRequest(string key)
    {
        await CloudAssert.FailsAsync(() => _view.PutAsync(key, new byte[1]), CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidKey);

        _engine.Script.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void Prefix_Empty_IsTheBucketItself() => _engine.Bucket.WithPrefix("").ShouldBeSameAs(_engine.Bucket);

    [Fact]
    public async Task ReadOnly_EveryWrite_IsRefusedBeforeAnyRequest()
    {
        var view = _engine.Bucket.AsReadOnly();
        Func<Task>[] writes =
        [
            () => view.PutAsync("a", new byte[1]),
            () => Task.FromResult(view.OpenWrite("a")),
            () => view.DeleteAsync("a"),
            () => view.DeleteManyAsync(new[] { "a" }.ToAsyncEnumerable()).CountAsync().AsTask(),
            () => view.CopyAsync("a", "b"),
            () => view.SignAsync("a", new SignOptions { Method = SignedMethod.Put }),
            () => view.SignAsync("a", new SignOptions { Method = SignedMethod.Delete }),
            () => view.GetRequiredService<IObjectTags>().SetTagsAsync("a", Engine.Map()),
            () => view.GetRequiredService<IBucketVersions>().SetVersioningAsync(VersioningState.Enabled),
        ];

        foreach (var write in writes)
        {
            await CloudAssert.FailsAsync(write, CloudErrorCode.PermissionDenied, ObjectStorageErrorReasons.ReadOnly);
        }

        view.GetService<IMultipartUploads>().ShouldBeNull();
        view.GetService<IObjectTiers>().ShouldBeNull();
        view.GetService<ScriptedBucket>().ShouldBeNull();
        view.AsReadOnly().ShouldBeSameAs(view);
        _engine.Script.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadOnly_Reads_Pass()
    {
        _engine.Driver.Seed("a", [1]);
        var view = _engine.Bucket.AsReadOnly();

        (await view.GetBytesAsync("a")).ShouldBeBytes([1]);
        (await view.ListAsync().CountAsync()).ShouldBe(1);
        (await view.SignAsync("a")).Method.ShouldBe("GET");
        (await view.GetRequiredService<IObjectTags>().GetTagsAsync("a")).ShouldBeEmpty();
    }
}
