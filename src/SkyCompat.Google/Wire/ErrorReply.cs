namespace SkyCompat.Google;

/// <summary>An error of the JSON API.</summary>
internal sealed class ErrorReply
{
    public ErrorDetail? Error { get; set; }
}
