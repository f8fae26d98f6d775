using System.Diagnostics;
using SkyCompat.Drivers;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Local;

/// <summary>Full disks, read-only folders, damaged files.</summary>
public sealed class LocalFailureTests : IDisposable
{
    private readonly LocalTestRoot _root = new();
    private bool _mounted;

    private string Root => Path.Combine(_root.Path, "root");

    [Fact]
    public async Task Put_OnAFullDisk_IsStorageFullAndLeavesWhatWasThere()
    {
        Mount("size=4m");
        await using var storage = _root.Open();
        var bucket = await storage.BucketAsync();
        await bucket.PutAsync("large", DriverExtensions.Bytes(100_000));
        await bucket.PutAsync("small", "old");
        await bucket.PutAsync("large", DriverExtensions.Bytes(8 << 20)).FailsAsync(CloudErrorCode.QuotaExceeded, ObjectStorageErrorReasons.StorageFull);
        (await bucket.ReadAsync("large")).ShouldBe(DriverExtensions.Bytes(100_000));

        // Small bodies fill the index until it has no room either; whatever was acknowledged stays.
        var stored = 0;
        var failure = await Should.ThrowAsync<CloudException>(async () =>
        {
            for (; ; stored++)
            {
                await bucket.PutAsync($"key{stored}", DriverExtensions.Bytes(20_000, stored));
            }
        });
        failure.Code.ShouldBe(CloudErrorCode.QuotaExceeded, failure.ToString());
        failure.Reason.ShouldBe(ObjectStorageErrorReasons.StorageFull);
        (await bucket.KeysAsync()).Count.ShouldBe(stored + 2);
        for (var i = 0; i < stored; i++)
        {
            (await bucket.ReadAsync($"key{i}")).ShouldBe(DriverExtensions.Bytes(20_000, i));
        }
    }

    [Fact]
    public async Task Put_IntoAReadOnlyFolder_IsReadOnly()
    {
        Mount("size=16m");
        await using (var storage = _root.Open())
        {
            await (await storage.BucketAsync()).PutAsync("key", "body");
        }

        Run("mount", "-o", "remount,ro", Root);
        await using var again = _root.Open();
        var failure = await again.OpenBucket(DriverExtensions.BucketName).PutAsync("key", "new").FailsAsync(CloudErrorCode.PermissionDenied, ObjectStorageErrorReasons.ReadOnly);
        failure.Message.ShouldContain(Root);
        Run("mount", "-o", "remount,rw", Root);
        (await again.OpenBucket(DriverExtensions.BucketName).ReadTextAsync("key")).ShouldBe("body");
    }

    [Fact]
    public async Task Get_OfADamagedBody_IsDataCorrupted()
    {
        await using var storage = _root.Open();
        var bucket = await storage.BucketAsync();
        await bucket.PutAsync("key", DriverExtensions.Bytes(100_000));
        var file = _root.BodyFiles().ShouldHaveSingleItem();
        using (var stream = file.OpenWrite())
        {
            stream.SetLength(60_000);
        }

        await bucket.ReadAsync("key").FailsAsync(CloudErrorCode.DataCorrupted);
        file.Delete();
        await bucket.ReadAsync("key").FailsAsync(CloudErrorCode.DataCorrupted);
    }

    [Fact]
    public async Task Open_OfAnIndexThatIsNone_SaysSo()
    {
        Directory.CreateDirectory(Root);
        await File.WriteAllBytesAsync(Path.Combine(Root, "index.db"), DriverExtensions.Bytes(20_000));
        await using var storage = _root.Open();
        var failure = await storage.BucketAsync().FailsAsync(CloudErrorCode.DataCorrupted);
        failure.Message.ShouldContain(Root);
    }

    [Fact]
    public async Task Open_OfARootThatIsAFile_SaysSoAndRecovers()
    {
        await File.WriteAllTextAsync(Root, "a file");
        await using var storage = _root.Open();
        var failure = await Should.ThrowAsync<CloudException>(() => storage.BucketAsync());
        failure.Message.ShouldContain(Root);
        File.Delete(Root);
        await (await storage.BucketAsync()).PutAsync("key", "body");
    }

    [Fact]
    public async Task Put_ThatIsCancelled_LeavesNothing()
    {
        await using var storage = _root.Open();
        var bucket = await storage.BucketAsync();
        using var source = new CancellationTokenSource();
        var body = new UploadBody(new(DriverExtensions.Bytes(3_000_000)), source.Cancel);
        await Should.ThrowAsync<OperationCanceledException>(() => bucket.PutAsync("key", body, null, new PutOptions(), source.Token));
        (await bucket.InfoAsync("key")).ShouldBeNull();
        _root.BodyFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task Put_AfterDispose_IsRefused()
    {
        var storage = _root.Open();
        var bucket = await storage.BucketAsync();
        await storage.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(() => bucket.PutAsync("key", "body"));
    }

    [Fact]
    public async Task Puts_OfOneGroup_FailAlone()
    {
        await using var storage = _root.Open();
        var bucket = await storage.BucketAsync();
        await bucket.PutAsync("key0", "old");
        var absent = new PutOptions { Condition = WriteCondition.MustNotExist };
        var puts = Enumerable.Range(0, 100).Select(i => bucket.PutAsync($"key{i % 10}", $"{i}", absent)).ToList();
        var winners = 0;
        foreach (var put in puts)
        {
            try
            {
                await put;
                winners++;
            }
            catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists)
            {
                // Another of the group was first.
            }
        }

        winners.ShouldBe(9);
        (await bucket.ReadTextAsync("key0")).ShouldBe("old");
    }

    public void Dispose()
    {
        if (_mounted)
        {
            Run("umount", Root);
        }

        _root.Dispose();
    }

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }

    private void Mount(string options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "A file system of a chosen size can be mounted by root on Linux only.");
        Directory.CreateDirectory(Root);
        using var process = Process.Start("mount", ["-t", "tmpfs", "-o", options, "tmpfs", Root]);
        process.WaitForExit();
        Assert.SkipUnless(process.ExitCode == 0, "This machine does not let root mount a tmpfs.");
        _mounted = true;
    }
}
