namespace SkyCompat.Azure;

/// <summary>What a request is about, which decides what "404" and "409" mean.</summary>
internal enum ArmSubject
{
    Resource = 0,
    Instance,

    /// <summary>A spot instance that is to be made: what is said not to be sold has only run out.</summary>
    SpotInstance,
    Image,
}
