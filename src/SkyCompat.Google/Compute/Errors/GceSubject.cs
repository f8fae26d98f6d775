namespace SkyCompat.Google;

/// <summary>What a request to Compute Engine is about, which decides what some errors mean.</summary>
internal enum GceSubject
{
    Other = 0,
    NewInstance,
    Instance,
    Image,
    Place,
}
