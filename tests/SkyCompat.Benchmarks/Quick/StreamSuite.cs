using System.Diagnostics;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>A body of unknown length, much larger than memory may grow.</summary>
/// <param name="name">The suite's name.</param>
/// <param name="store">The store, for people.</param>
/// <param name="gibibytes">How much is sent.</param>
/// <param name="open">Opens the store.</param>
internal sealed class StreamSuite(string name, string store, int gibibytes, Func<Task<IStorageTarget>> open) : IQuickSuite
{
    private const double LimitMegabytes = 128 * 1.048576;

    public string Name => name;

    public string Description => $"{store} upload of a {gibibytes} GiB stream of unknown length: growth of managed and native memory, limit 128 MiB";

    public async Task RunAsync(QuickReport report)
    {
        await using var target = await open();
        await target.Bucket.PutAsync("warm", new ZeroStream(64 << 20));
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var (residentBefore, managedBefore) = (process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: true));
        long resident = 0, managed = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var upload = target.Bucket.PutAsync("stream", new ZeroStream((long)gibibytes << 30));
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
