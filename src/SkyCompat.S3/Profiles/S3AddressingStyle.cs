namespace SkyCompat.S3;

/// <summary>Where a request names its bucket.</summary>
public enum S3AddressingStyle
{
    /// <summary>In the path: <c>https://endpoint/bucket/key</c>.</summary>
    Path = 0,

    /// <summary>In the host name: <c>https://bucket.endpoint/key</c>. A bucket whose name has a dot falls back to the path, since no wildcard certificate fits it.</summary>
    VirtualHost,
}
