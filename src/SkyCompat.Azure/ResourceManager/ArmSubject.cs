namespace SkyCompat.Azure;

/// <summary>What a request is about, which decides what "404" and "409" mean.</summary>
internal enum ArmSubject
{
    Resource = 0,
    Instance,
    Image,
}
