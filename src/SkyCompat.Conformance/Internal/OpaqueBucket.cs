using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Internal;

/// <summary>Hides what a bucket is, so that it stands for one on another cloud: a copy from it must pass through this process.</summary>
internal sealed class OpaqueBucket(IBucket inner) : DelegatingBucket(inner)
{
    public override object? GetService(Type serviceType) => null;
}
