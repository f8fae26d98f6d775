namespace SkyCompat.S3;

/// <summary>What a request is about, which decides what "404" means.</summary>
internal enum S3Subject
{
    Object = 0,
    Version,
    Upload,
    Bucket,
}
