namespace SkyCompat.Google;

/// <summary>What an instance wrote to its serial port.</summary>
internal sealed class GceConsole
{
    public string? Contents { get; set; }
}
