namespace SkyCompat.S3;

/// <summary>The condition that a request carries, which decides what "412" means.</summary>
internal enum S3Condition
{
    None = 0,
    Read,
    IfAbsent,
    IfMatch,
    CopySource,
}
