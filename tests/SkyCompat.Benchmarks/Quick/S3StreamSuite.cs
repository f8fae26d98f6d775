using System.Diagnostics;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>A body of unknown length, much larger than memory may grow.</summary>
internal sealed class S3StreamSuite : IQuickSuite
{
    private const long Size = 4L << 30;
    private const double LimitMegabytes = 128 * 1.048576;

    public string Name => "s3-stream";

    public string Description => "S3 upload of a 4 GiB stream of unknown length: growth of managed and native memory, limit 128 MiB";

    public async Task RunAsync(QuickReport report)
    {
        await using var s3 = await S3Target.OpenAsync();
        await s3.Bucket.PutAsync("warm", new ZeroStream(64 << 20));
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var (residentBefore, managedBefore) = (process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: true));
        long resident = 0, managed = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var upload = s3.Bucket.PutAsync("stream", new ZeroStream(Size));
        while (!upload.IsCompleted)
        {
            await timer.WaitForNextTickAsync();
            process.Refresh();
            resident = Math.Max(resident, process.WorkingSet64 - residentBefore);
            managed = Math.Max(managed, GC.GetTotalMemory(forceFullCollection: false) - managedBefore);
        }

        await upload;
        report.Limit("peak growth of resident memory", resident / 1e6, LimitMegabytes, "MB");
        report.Limit("peak growth of managed memory", managed / 1e6, LimitMegabytes, "MB");
    }

    /// <summary>So many zero bytes, of a length that is not told.</summary>
    private sealed class ZeroStream(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = (int)Math.Min(count, _left);
            buffer.AsSpan(offset, count).Clear();
            _left -= count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
