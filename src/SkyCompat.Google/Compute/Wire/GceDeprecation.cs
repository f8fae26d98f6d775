namespace SkyCompat.Google;

/// <summary>Whether something is on its way out.</summary>
internal sealed class GceDeprecation
{
    public string? State { get; set; }
}
