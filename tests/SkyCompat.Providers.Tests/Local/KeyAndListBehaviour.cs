using System.Text;
using SkyCompat.Drivers;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Local;

/// <summary>Keys and lists of both stores.</summary>
public abstract class KeyAndListBehaviour : IAsyncLifetime
{
    private StorageDriver _storage = null!;

    private protected BucketDriver Bucket { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _storage = Create();
        Bucket = await _storage.BucketAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Keys_OfEveryKind_AreVerbatimAndDistinct()
    {
        string[] keys =
        [
            "a", "a/", "a/b", "a//b", "a///b", "/a", "../a", "../../../../etc/passwd", "a/../b", ".", "..", "A", "CON", "nul.txt", "a.", "a ", " a", "a\\b", "%20", "%2F", "%", "+", "&?#=",
            "a.attrs", "index.db", "\u0000\u0001\u001f\u007f", "e\u0301", "\u00e9", "😀", "\uffff", new string('k', 1024), new string('ü', 512),
        ];
        foreach (var key in keys)
        {
            await Bucket.PutAsync(key, key);
        }

        foreach (var key in keys)
        {
            (await Bucket.ReadTextAsync(key)).ShouldBe(key);
        }

        (await Bucket.KeysAsync()).ShouldBe(keys.OrderBy(Encoding.UTF8.GetBytes, Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y))));
        foreach (var key in keys)
        {
            (await Bucket.RemoveAsync(key)).ShouldBe(DeleteOutcome.Deleted);
        }

        (await Bucket.KeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_WithSurrogates_IsInUtf8Order()
    {
        await FillAsync("\uffff", "😀", "\uff5e", "\ue000", "z");
        (await Bucket.KeysAsync(new ListOptions { PageSize = 1 })).ShouldBe(["z", "\ue000", "\uff5e", "\uffff", "😀"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task List_AtAnyPageSize_GivesTheSameUnion(int pageSize)
    {
        await FillAsync("a", "b/1", "b/2", "b/c/3", "b0", "t-/x", "t/x", "xabcy", "xabcz", "z");
        (await ListAsync(null, null, null)).ShouldBe(["a", "b/1", "b/2", "b/c/3", "b0", "t-/x", "t/x", "xabcy", "xabcz", "z"]);
        (await ListAsync(null, "/", null)).ShouldBe(["a", "b/", "b0", "t-/", "t/", "xabcy", "xabcz", "z"]);
        (await ListAsync("b/", "/", null)).ShouldBe(["b/1", "b/2", "b/c/"]);
        (await ListAsync("b", "/", null)).ShouldBe(["b/", "b0"]);
        (await ListAsync("x", "abc", null)).ShouldBe(["xabc"]);
        (await ListAsync("b", null, null)).ShouldBe(["b/1", "b/2", "b/c/3", "b0"]);
        (await ListAsync(null, null, "b/2")).ShouldBe(["b/c/3", "b0", "t-/x", "t/x", "xabcy", "xabcz", "z"]);
        (await ListAsync(null, null, "b/20")).ShouldBe(["b/c/3", "b0", "t-/x", "t/x", "xabcy", "xabcz", "z"]);
        (await ListAsync(null, "/", "b/1")).ShouldBe(["b0", "t-/", "t/", "xabcy", "xabcz", "z"]);
        (await ListAsync(null, "/", "b/")).ShouldBe(["b0", "t-/", "t/", "xabcy", "xabcz", "z"]);
        (await ListAsync("b/", null, "a")).ShouldBe(["b/1", "b/2", "b/c/3"]);
        (await ListAsync(null, null, "zz")).ShouldBeEmpty();

        async Task<List<string>> ListAsync(string? prefix, string? delimiter, string? startAfter) =>
            await Bucket.KeysAsync(new ListOptions { Prefix = prefix, Delimiter = delimiter, StartAfter = startAfter, PageSize = pageSize });
    }

    [Fact]
    public async Task List_OfOnePage_HasNoTokenAndCarriesProperties()
    {
        var put = await Bucket.PutAsync("key", "body", new PutOptions { Tier = StorageTier.Cold });
        var page = await Bucket.ListPageAsync(new ListOptions { PageSize = 1 }, default);
        page.ContinuationToken.ShouldBeNull();
        var entry = page.Entries.ShouldHaveSingleItem();
        entry.Tag.ShouldBe(put.Tag);
        entry.Size.ShouldBe(4);
        entry.Tier.ShouldBe(StorageTier.Cold);
        entry.LastModified.ShouldBe((await Bucket.InfoAsync("key"))!.LastModified);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("eA")]
    [InlineData("")]
    public async Task List_WithAForeignToken_IsRefused(string token) =>
        await Bucket.ListPageAsync(new ListOptions { ContinuationToken = token }, default).FailsAsync(CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidToken);

    private async Task FillAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            await Bucket.PutAsync(key, key);
        }
    }

    private protected abstract StorageDriver Create();
}

public sealed class LocalKeyAndListTests : KeyAndListBehaviour
{
    private readonly LocalTestRoot _root = new();

    [Fact]
    public async Task List_WithDelimiterOverManyKeys_TouchesWhatItReturns()
    {
        const int Folders = 50;
        const int PerFolder = 1000;
        var storage = (LocalStorageDriver)Bucket.GetService(typeof(LocalStorageDriver))!;
        var store = await storage.OpenAsync(default);
        await store.Writer.RunAsync(Fill, default);

        var touched = 0;
        var page = store.Readers.Use(0, (database, _) => Listings.Objects(database, DriverExtensions.BucketName, new ListOptions { Prefix = "p/", Delimiter = "/" }, out touched));
        page.Entries.Count.ShouldBe(Folders);
        touched.ShouldBe(Folders);
        page = store.Readers.Use(0, (database, _) => Listings.Objects(database, DriverExtensions.BucketName, new ListOptions { Prefix = "p/25/", Delimiter = "/", PageSize = 10 }, out touched));
        page.Entries.Count.ShouldBe(10);
        touched.ShouldBe(11);

        static bool Fill(WriteTransaction transaction)
        {
            var bucket = transaction.RequireBucket(DriverExtensions.BucketName);
            for (var i = 0; i < Folders * PerFolder; i++)
            {
                ObjectTable.Store(transaction, bucket.Id, Encoding.UTF8.GetBytes($"p/{i / PerFolder:d2}/{i % PerFolder:d4}"), new ObjectRow { Sequence = transaction.NextSequence() });
            }

            return true;
        }
    }

    [Fact]
    public async Task Keys_ThatLookLikePaths_NeverLeaveTheRoot()
    {
        foreach (var key in (string[])["../../outside", "/outside", "..", "bodies/../../outside"])
        {
            await Bucket.PutAsync(key, DriverExtensions.Bytes(100_000));
        }

        new DirectoryInfo(_root.Path).EnumerateFileSystemInfos().ShouldHaveSingleItem().Name.ShouldBe("root");
        _root.BodyFiles().ShouldAllBe(file => file.Name.Length == 16);
        _root.BodyFiles().Count.ShouldBe(4);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _root.Dispose();
    }

    private protected override StorageDriver Create() => _root.Open();
}

public sealed class InMemoryKeyAndListTests : KeyAndListBehaviour
{
    private protected override StorageDriver Create() => new InMemoryStorageDriver();
}
