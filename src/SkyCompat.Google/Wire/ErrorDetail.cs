namespace SkyCompat.Google;

/// <summary>What an error of the JSON API says.</summary>
internal sealed class ErrorDetail
{
    public string? Message { get; set; }

    /// <summary>The name of the status, which the newer APIs give instead of reasons.</summary>
    public string? Status { get; set; }

    public List<ErrorReason>? Errors { get; set; }
}
