using BenchmarkDotNet.Attributes;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks.Full;

/// <summary>The embedded store with full statistics, beside plain files.</summary>
[MemoryDiagnoser]
public class LocalBenchmarks
{
    private LocalTarget _local = null!;
    private byte[] _body = [];

    [Params(4 << 10, 1 << 20)]
    public int Size { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _local = await LocalTarget.OpenAsync();
        _body = new byte[Size];
        await _local.Bucket.PutAsync("object", _body);
        await _local.WriteDurablyAsync("object", _body);
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _local.DisposeAsync();

    [Benchmark]
    public Task<byte[]> Get() => _local.Bucket.GetBytesAsync("object");

    [Benchmark]
    public byte[] GetFile() => File.ReadAllBytes(Path.Combine(_local.Files, "object"));

    [Benchmark]
    public Task Put() => _local.Bucket.PutAsync("put", _body);

    [Benchmark]
    public Task PutFile() => _local.WriteDurablyAsync("put", _body);
}
