namespace SkyCompat.Azure;

/// <summary>The condition that a request carries, which decides what "412" and "409" mean.</summary>
internal enum AzureCondition
{
    None = 0,
    Read,
    IfAbsent,
    IfMatch,
}
