namespace SkyCompat.S3;

/// <summary>The generation of the list request.</summary>
public enum S3ListVersion
{
    /// <summary>ListObjectsV2: continuation tokens and start-after.</summary>
    V2 = 0,

    /// <summary>ListObjects: markers.</summary>
    V1,
}
