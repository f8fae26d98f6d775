namespace SkyCompat.S3;

/// <summary>Where a bucket is reached, and the region its requests are signed for.</summary>
/// <param name="Region">The region.</param>
/// <param name="Host">The Host header, which is signed.</param>
/// <param name="Origin">Scheme and host, such as <c>https://media.s3.eu-central-1.amazonaws.com</c>.</param>
/// <param name="Path">The encoded path in front of a key, ending in a slash.</param>
/// <param name="BucketPath">The encoded path of the bucket itself.</param>
internal sealed record S3Address(string Region, string Host, string Origin, string Path, string BucketPath)
{
    /// <summary>What a signature names in front of the path: the bucket, where its name is in the host and the algorithm wants it in the path all the same.</summary>
    public string SignedPrefix { get; init; } = "";
}
