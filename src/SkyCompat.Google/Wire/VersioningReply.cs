namespace SkyCompat.Google;

/// <summary>Whether a bucket keeps versions.</summary>
internal sealed class VersioningReply
{
    public bool Enabled { get; set; }
}
