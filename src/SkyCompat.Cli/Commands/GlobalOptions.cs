namespace SkyCompat.Cli.Commands;

/// <summary>The options that every command has.</summary>
internal static class GlobalOptions
{
    public static Option<string[]> Config { get; } = new("--config")
    {
        Description = "Read this configuration file instead of ./appsettings.json and the user's own; may be repeated, later ones win.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON, one document per line; errors too, on standard error.", Recursive = true };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Print data and failures only: no progress, no report.", Recursive = true };

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Print every request and retry to standard error.", Recursive = true };

    public static Option<bool> NoColor { get; } = new("--no-color") { Description = "Print without colours; so does the variable NO_COLOR.", Recursive = true };

    public static IEnumerable<Option> All => [Config, Json, Quiet, Verbose, NoColor];
}
