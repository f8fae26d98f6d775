namespace SkyCompat.Google;

/// <summary>What a request is about, which decides what "404" means.</summary>
internal enum GoogleSubject
{
    Object = 0,
    Version,
    Upload,
    Session,
    CopySource,
    Bucket,
    NewBucket,
}
