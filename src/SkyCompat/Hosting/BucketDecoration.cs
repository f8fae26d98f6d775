using SkyCompat.ObjectStorage;

namespace SkyCompat.Hosting;

/// <summary>A wrapper that is to be put around a logical bucket.</summary>
internal sealed record BucketDecoration(string Bucket, Func<IBucket, IServiceProvider, IBucket> Wrap);
