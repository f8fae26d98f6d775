namespace SkyCompat.Cli.Commands;

/// <summary>A command of skyc, with examples for its help.</summary>
internal abstract class SkycCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;

    /// <summary>Does what the command line says.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public abstract Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken);
}
