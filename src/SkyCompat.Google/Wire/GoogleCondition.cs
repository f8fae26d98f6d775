namespace SkyCompat.Google;

/// <summary>The condition that a request carries, which decides what "412" means.</summary>
internal enum GoogleCondition
{
    None = 0,
    Read,
    IfAbsent,
    IfMatch,
}
