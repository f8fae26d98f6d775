namespace SkyCompat.Azure;

/// <summary>What a request is about, which decides what "404" means.</summary>
internal enum AzureSubject
{
    Object = 0,
    Version,
    Upload,
    Container,
}
