namespace SkyCompat.Google;

/// <summary>How far a rewrite is.</summary>
internal sealed class RewriteReply
{
    public bool Done { get; set; }

    public string? RewriteToken { get; set; }

    public long TotalBytesRewritten { get; set; }

    /// <summary>The copy, once it is done.</summary>
    public ObjectReply? Resource { get; set; }
}
