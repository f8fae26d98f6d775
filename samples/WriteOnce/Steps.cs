using System.Collections.Concurrent;
using System.Globalization;
using SkyCompat;
using SkyCompat.ObjectStorage;

namespace WriteOnce;

/// <summary>The job, written once: nothing here knows on which cloud it runs.</summary>
internal sealed class Steps(IObjectStorage storage, string bucketName, IReadOnlyList<SourceFile> files, HttpClient http, Report report, CancellationToken stop)
{
    private const string Originals = "files/";
    private const string Copies = "copies/";
    private const string Counter = "counter";
    private const int CounterTasks = 8;
    private const int Increments = 10;
    private const int Samples = 24;
    private const int RangeBytes = 4096;
    private const int Concurrency = 8;
    private const int Shown = 5;
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromMinutes(2);

    private readonly IBucket _bucket = storage.GetBucket(bucketName);
    private readonly ConcurrentDictionary<string, Checksum> _checksums = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (SourceFile File, VersionTag Tag)> _stored = new(StringComparer.Ordinal);
    private bool _bucketIsOurs;

    /// <summary>The largest file and some of every size: enough for checks that would take long for all.</summary>
    private IEnumerable<SourceFile> Some =>
        _stored.Values.Select(stored => stored.File).Where(file => file.Size > 0).OrderByDescending(file => file.Size).Chunk((_stored.Count / Samples) + 1).Select(chunk => chunk[0]);

    public async Task RunAsync()
    {
        var features = (await _bucket.GetCapabilitiesAsync(stop)).Features;
        _ = await report.RunAsync("create bucket", CreateBucketAsync)
            && await report.RunAsync("hash files", HashAsync)
            && await report.RunAsync("upload", UploadAsync)
            && (await report.RunAsync("list", ListAsync)
                & await report.RunAsync("read ranges", ReadRangesAsync)
                & await report.RunAsync("signed URLs", FetchSignedAsync, BucketFeatures.SignGet & ~features)
                & await report.RunAsync("counter", CountAsync, (BucketFeatures.PutIfAbsent | BucketFeatures.PutIfMatch) & ~features)
                & await report.RunAsync("copy", CopyAsync))
            && await report.RunAsync("read back", ReadBackAsync);
    }

    /// <summary>Deletes what was made; after failures and interruptions too, so it has a time limit instead of the caller's token.</summary>
    public async Task CleanUpAsync()
    {
        if (!_bucketIsOurs)
        {
            return;
        }

        using var limit = new CancellationTokenSource(CleanUpTime);
        await report.RunAsync("clean up", async meter =>
        {
            if (!await storage.BucketExistsAsync(bucketName, limit.Token))
            {
                return "there is no bucket to delete";
            }

            await foreach (var result in _bucket.DeleteManyAsync(_bucket.ListAsync(null, limit.Token).Select(entry => entry.Key), limit.Token))
            {
                Check(result.Error is null, $"{result.Key} could not be deleted: {result.Error?.Message}");
                meter.AddItems(1);
            }

            await storage.DeleteBucketAsync(bucketName, limit.Token);
            Check(!await storage.BucketExistsAsync(bucketName, limit.Token), "the bucket is still there");
            return "objects and bucket deleted";
        });
    }

    private async Task<string> CreateBucketAsync(Meter meter)
    {
        _bucketIsOurs = true;
        await storage.CreateBucketAsync(bucketName, null, stop);
        meter.AddItems(1);
        return "";
    }

    private async Task<string> HashAsync(Meter meter)
    {
        await ForEachAsync(files, async (file, token) =>
        {
            await using var stream = File.OpenRead(file.Path);
            _checksums[file.Name] = await SourceFile.HashAsync(stream, meter, token);
            meter.AddItems(1);
        });
        return "";
    }

    private async Task<string> UploadAsync(Meter meter)
    {
        var refused = new ConcurrentBag<string>();
        await ForEachAsync(files, async (file, token) =>
        {
            try
            {
                var result = await _bucket.UploadFileAsync(Originals + file.Name, file.Path, new PutOptions { Progress = meter.Transfer() }, token);
                Check(_checksums[file.Name].Equals(result.Checksum), $"{file.Name} was stored with {result.Checksum} and has {_checksums[file.Name]}");
                _stored[file.Name] = (file, result.Tag);
                meter.AddItems(1);
            }
            catch (CloudException exception) when (exception.Reason is ObjectStorageErrorReasons.InvalidKey)
            {
                // A name that some clouds cannot hold: the portable key policy refuses it on all.
                refused.Add(file.Name);
            }
        });
        var parts = $"{_stored.Values.Count(stored => stored.File.IsLarge)} in parts";
        return refused.IsEmpty ? parts : $"{parts}, {refused.Count} skipped as not every cloud can hold such names: {string.Join(", ", refused.Order(StringComparer.Ordinal).Take(Shown).Select(Printable))}";
    }

    private async Task<string> ListAsync(Meter meter)
    {
        await foreach (var entry in _bucket.ListAsync(new ListOptions { Prefix = Originals }, stop))
        {
            Check(_stored.TryGetValue(entry.Key[Originals.Length..], out var stored), $"{entry.Key} is listed and was never written");
            Check(entry.Size == stored.File.Size && entry.Tag == stored.Tag, $"{entry.Key} is listed with another size or tag than it was written with");
            meter.AddItems(1);
        }

        Check(meter.Items == _stored.Count, $"{meter.Items} objects are listed, and {_stored.Count} were written");
        return "names, sizes and tags";
    }

    private async Task<string> ReadRangesAsync(Meter meter)
    {
        await ForEachAsync(Some, async (file, token) =>
        {
            var length = (int)Math.Min(RangeBytes, file.Size);
            foreach (var (offset, range) in new[] { (0, ByteRange.Slice(0, length)), (file.Size / 2, ByteRange.Slice(file.Size / 2, length)), (file.Size - length, ByteRange.Suffix(length)) })
            {
                var bytes = await _bucket.GetBytesAsync(Originals + file.Name, new GetOptions { Range = range }, token);
                Check(bytes.AsSpan().SequenceEqual(file.Read(offset, length)), $"{range} of {file.Name} are not the bytes of the file");
                meter.AddItems(1);
                meter.AddBytes(bytes.Length);
            }
        });
        return "first, middle and last bytes";
    }

    private async Task<string> FetchSignedAsync(Meter meter)
    {
        await ForEachAsync(Some, async (file, token) =>
        {
            var signed = await _bucket.SignAsync(Originals + file.Name, new SignOptions { Lifetime = TimeSpan.FromMinutes(5) }, token);
            using var request = new HttpRequestMessage(new HttpMethod(signed.Method), signed.Url);
            foreach (var (name, value) in signed.RequiredHeaders)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
            Check(response.IsSuccessStatusCode, $"{signed} was answered with {(int)response.StatusCode}");
            await CheckBytesAsync(file, await response.Content.ReadAsStreamAsync(token), meter, token);
        });
        return "by a plain HttpClient";
    }

    /// <summary>Many tasks increment one number without a lock: the condition of each write tells who was late.</summary>
    private async Task<string> CountAsync(Meter meter)
    {
        var late = 0;
        await ForEachAsync(Enumerable.Range(0, CounterTasks), async (_, token) =>
        {
            for (var done = 0; done < Increments;)
            {
                var (number, condition) = await ReadCounterAsync(token);
                try
                {
                    await _bucket.PutTextAsync(Counter, (number + 1).ToString(CultureInfo.InvariantCulture), new PutOptions { Condition = condition }, token);
                    meter.AddItems(1);
                    done++;
                }
                catch (CloudException exception) when (exception.Code is CloudErrorCode.AlreadyExists or CloudErrorCode.PreconditionFailed or CloudErrorCode.Conflict)
                {
                    Interlocked.Increment(ref late);
                }
            }
        });
        var (total, _) = await ReadCounterAsync(stop);
        Check(total == CounterTasks * Increments, $"{CounterTasks} tasks with {Increments} increments each counted to {total}");
        return $"{CounterTasks} tasks × {Increments} = {total}, {late} late writes refused";
    }

    private async Task<(int Number, WriteCondition Condition)> ReadCounterAsync(CancellationToken token)
    {
        try
        {
            await using var content = await _bucket.GetAsync(Counter, null, token);
            return (int.Parse(await content.ReadTextAsync(token), CultureInfo.InvariantCulture), WriteCondition.MustMatch(content.Info.Tag));
        }
        catch (CloudException exception) when (exception.Reason is ObjectStorageErrorReasons.ObjectNotFound)
        {
            return (0, WriteCondition.MustNotExist);
        }
    }

    private async Task<string> CopyAsync(Meter meter)
    {
        await ForEachAsync(_stored.Values, async (stored, token) =>
        {
            await _bucket.CopyAsync(Originals + stored.File.Name, Copies + stored.File.Name, null, token);
            meter.AddItems(1);
            meter.AddBytes(stored.File.Size);
        });
        return "";
    }

    private async Task<string> ReadBackAsync(Meter meter)
    {
        await ForEachAsync(_stored.Values.SelectMany(stored => new[] { (Originals, stored.File), (Copies, stored.File) }), async (item, token) =>
        {
            var (prefix, file) = item;
            await using var content = await _bucket.GetAsync(prefix + file.Name, new GetOptions { Concurrency = file.IsLarge ? 4 : 1 }, token);
            await CheckBytesAsync(file, content.AsStream(), meter, token);
        });
        return "files and copies, every CRC-32C as before";
    }

    private async Task CheckBytesAsync(SourceFile file, Stream stream, Meter meter, CancellationToken token)
    {
        var checksum = await SourceFile.HashAsync(stream, meter, token);
        Check(checksum.Equals(_checksums[file.Name]), $"{file.Name} came back with {checksum} and has {_checksums[file.Name]}");
        meter.AddItems(1);
    }

    private Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> run) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = stop }, run);

    private static string Printable(string name) => string.Concat(name.Select(character => char.IsControl(character) ? '?' : character));

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new CheckFailedException(otherwise);
        }
    }
}
