using System.Buffers;
using SkyCompat.Drivers;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Local;

/// <summary>A root folder that goes away with the test.</summary>
internal sealed class LocalTestRoot : IDisposable
{
    public LocalTestRoot() => Path = Directory.CreateTempSubdirectory("skycompat-test-").FullName;

    public string Path { get; }

    public LocalStorageDriver Open(Action<LocalOptions>? configure = null, TimeProvider? time = null)
    {
        var options = new LocalOptions { Root = System.IO.Path.Combine(Path, "root") };
        configure?.Invoke(options);
        return new LocalStorageDriver(options, time);
    }

    /// <summary>The files of bodies, without those that are ready for the next ones.</summary>
    public IReadOnlyList<FileInfo> BodyFiles() =>
        [.. new DirectoryInfo(System.IO.Path.Combine(Path, "root", "bodies")).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Length > 0)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

internal static class DriverExtensions
{
    public const string BucketName = "bucket";

    public static async Task<BucketDriver> BucketAsync(this StorageDriver storage, string name = BucketName)
    {
        await storage.CreateBucketAsync(name, new CreateBucketOptions(), default);
        return storage.OpenBucket(name);
    }

    public static UploadBody Body(byte[] bytes) => new(new ReadOnlySequence<byte>(bytes));

    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static Dictionary<string, string> Pairs(string key, string value) => new(StringComparer.Ordinal) { [key] = value };

    public static Task<PutResult> PutAsync(this BucketDriver bucket, string key, byte[] bytes, PutOptions? options = null, Checksum? checksum = null) =>
        bucket.PutAsync(key, Body(bytes), checksum, options ?? new PutOptions(), default);

    public static Task<PutResult> PutAsync(this BucketDriver bucket, string key, string text, PutOptions? options = null) =>
        bucket.PutAsync(key, System.Text.Encoding.UTF8.GetBytes(text), options);

    public static async Task<byte[]> ReadAsync(this BucketDriver bucket, string key, GetOptions? options = null)
    {
        await using var content = await bucket.GetAsync(key, options ?? new GetOptions(), default);
        return await content.ReadBytesAsync();
    }

    public static async Task<string> ReadTextAsync(this BucketDriver bucket, string key, GetOptions? options = null) =>
        System.Text.Encoding.UTF8.GetString(await bucket.ReadAsync(key, options));

    public static Task<ObjectInfo?> InfoAsync(this BucketDriver bucket, string key, string? versionId = null) =>
        bucket.TryGetInfoAsync(key, new GetInfoOptions { VersionId = versionId }, default);

    public static async Task<DeleteOutcome> RemoveAsync(this BucketDriver bucket, string key, DeleteOptions? options = null) =>
        (await bucket.DeleteAsync(key, options ?? new DeleteOptions(), default)).Outcome;

    public static async Task<List<string>> KeysAsync(this BucketDriver bucket, ListOptions? options = null)
    {
        var keys = new List<string>();
        options ??= new ListOptions();
        do
        {
            var page = await bucket.ListPageAsync(options, default);
            keys.AddRange(page.Entries.Select(entry => entry.Key));
            options = options with { ContinuationToken = page.ContinuationToken };
        }
        while (options.ContinuationToken is not null);

        return keys;
    }

    public static async Task<CloudException> FailsAsync(this Task task, CloudErrorCode code, string? reason = null)
    {
        var exception = await Should.ThrowAsync<CloudException>(() => task);
        exception.Code.ShouldBe(code, exception.Message);
        exception.Reason.ShouldBe(reason, exception.Message);
        return exception;
    }
}
