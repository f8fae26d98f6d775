namespace SkyCompat.Alibaba;

/// <summary>What an instance wrote to its console, in Base64.</summary>
internal sealed record EcsConsoleReply
{
    public string? ConsoleOutput { get; init; }
}
