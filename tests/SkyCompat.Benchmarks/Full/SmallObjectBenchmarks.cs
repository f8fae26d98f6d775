using Amazon.S3.Model;
using BenchmarkDotNet.Attributes;

namespace SkyCompat.Benchmarks.Full;

/// <summary>Small S3 objects with full statistics; needs a server, see <see cref="S3Target"/>.</summary>
[MemoryDiagnoser]
public class SmallObjectBenchmarks
{
    private S3Target _s3 = null!;
    private byte[] _body = [];

    [Params(4 << 10, 64 << 10)]
    public int Size { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _s3 = await S3Target.OpenAsync();
        _body = new byte[Size];
        await _s3.Bucket.PutAsync("small", _body);
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _s3.DisposeAsync();

    [Benchmark]
    public async Task Get()
    {
        await using var content = await _s3.Bucket.GetAsync("small");
        await content.CopyToAsync(Stream.Null);
    }

    [Benchmark]
    public async Task GetBySdk()
    {
        using var response = await _s3.Sdk.GetObjectAsync(_s3.BucketName, "small");
        await response.ResponseStream.CopyToAsync(Stream.Null);
    }

    [Benchmark]
    public Task Put() => _s3.Bucket.PutAsync("ours", _body);

    [Benchmark]
    public async Task PutBySdk()
    {
        using var stream = new MemoryStream(_body);
        await _s3.Sdk.PutObjectAsync(new PutObjectRequest { BucketName = _s3.BucketName, Key = "sdk", InputStream = stream });
    }
}
