using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks;

/// <summary>A server with a bucket of this run, which is emptied and deleted with it.</summary>
internal interface IStorageTarget : IAsyncDisposable
{
    IBucket Bucket { get; }
}
