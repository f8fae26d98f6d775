namespace SkyCompat.S3;

/// <summary>How a store is asked to write only where no object has the key.</summary>
public enum S3CreateIfAbsent
{
    /// <summary>By <c>If-None-Match: *</c>.</summary>
    IfNoneMatch = 0,

    /// <summary>By <c>x-oss-forbid-overwrite: true</c> (Alibaba OSS), which the store ignores once the bucket keeps versions: the driver looks once and withdraws the capability.</summary>
    OssForbidOverwrite,

    /// <summary>By <c>x-cos-forbid-overwrite: true</c> (Tencent COS), which the store ignores once the bucket keeps versions: the driver looks once and withdraws the capability.</summary>
    CosForbidOverwrite,
}
