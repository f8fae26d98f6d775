namespace SkyCompat.ObjectStorage;

/// <summary>Wraps buckets.</summary>
public static class BucketWrapperExtensions
{
    /// <summary>A view of the keys that start with a text, without it: no key outside can be reached. Sends no request.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">The text, such as <c>uploads/</c>; empty gives the bucket itself.</param>
    /// <returns>The view.</returns>
    public static IBucket WithPrefix(this IBucket bucket, string prefix)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(prefix);
        return prefix.Length == 0 ? bucket : new PrefixBucket(bucket, prefix);
    }

    /// <summary>A view that refuses all writes with <see cref="CloudErrorCode.PermissionDenied"/> (<see cref="ObjectStorageErrorReasons.ReadOnly"/>), before any request,
    /// signed writes and the native client included.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <returns>The view.</returns>
    public static IBucket AsReadOnly(this IBucket bucket)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        return bucket as ReadOnlyBucket ?? new ReadOnlyBucket(bucket);
    }
}
