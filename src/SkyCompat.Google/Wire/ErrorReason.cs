namespace SkyCompat.Google;

/// <summary>Why a request failed, in one word.</summary>
internal sealed class ErrorReason
{
    public string? Reason { get; set; }
}
