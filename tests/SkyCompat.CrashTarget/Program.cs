using System.Buffers;
using System.Globalization;
using SkyCompat;
using SkyCompat.CrashTarget;
using SkyCompat.Drivers;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;

// SkyCompat.CrashTarget <mode> <root> <count>
//   overwrite   writers put revision after revision of their own keys for ever and print "key revision" when one is acknowledged; to be killed
//   transfer    copies a bucket to another cloud with a journal and prints each key when it is finished; to be killed
//   increment   adds 1 to one shared counter so many times by compare-and-swap
var (mode, root, count) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
if (mode == "transfer")
{
    await TransferCrash.RunAsync(root);
    return 0;
}

await using var storage = new LocalStorageDriver(new LocalOptions { Root = root });
await storage.CreateBucketAsync(CrashContent.Bucket, new CreateBucketOptions(), default);
var bucket = storage.OpenBucket(CrashContent.Bucket);
await (mode switch
{
    "overwrite" => Task.WhenAll(Enumerable.Range(0, count).Select(OverwriteAsync)),
    "increment" => IncrementAsync(),
    _ => throw new ArgumentException($"Unknown mode '{mode}'.", nameof(args)),
});
return 0;

async Task OverwriteAsync(int writer)
{
    for (var revision = 1; ; revision++)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"w{writer}/k{revision % 5}");
        await bucket.PutAsync(key, Body(CrashContent.Of(key, revision)), checksum: null, new PutOptions(), default);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key} {revision}"));
    }
}

async Task IncrementAsync()
{
    for (var done = 0; done < count;)
    {
        try
        {
            var content = await bucket.GetAsync(CrashContent.Counter, new GetOptions(), default);
            var value = int.Parse(await content.ReadTextAsync(), CultureInfo.InvariantCulture);
            var next = System.Text.Encoding.UTF8.GetBytes((value + 1).ToString(CultureInfo.InvariantCulture));
            var options = new PutOptions { Condition = WriteCondition.MustMatch(content.Info.Tag) };
            await bucket.PutAsync(CrashContent.Counter, Body(next), checksum: null, options, default);
            done++;
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.PreconditionFailed)
        {
            // Another process was first: read again.
        }
    }
}

static UploadBody Body(byte[] bytes) => new(new ReadOnlySequence<byte>(bytes));
