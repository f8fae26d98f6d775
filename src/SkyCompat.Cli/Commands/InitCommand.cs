using System.Text.Json;

namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc init</c></summary>
internal sealed class InitCommand : SkycCommand
{
    private const string RootMark = "{root}";

    private readonly Option<bool> _user = new("--user") { Description = "Write the user's own file, which is read in all folders, instead of ./appsettings.json." };
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it is there." };

    public InitCommand()
        : base("init", "Writes a configuration to start from: a cloud on this machine, and all others as comments. Applications read the same file.", "init", "init --user", "init && skyc mb home:first && skyc put README.md home:first/")
    {
        Add(_user);
        Add(_force);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var path = context.Get(_user)
            ? SettingsReader.UserFile(context.Environment) ?? throw new UsageException("There is no place for the user's own file: set XDG_CONFIG_HOME or HOME.")
            : Path.Combine(context.Environment.Folder, SettingsReader.FileName);
        // A folder relative to the current one is right for a project's file, and another one each time for the user's.
        var root = context.Get(_user) ? Path.Combine(Path.GetDirectoryName(path)!, "home") : "./.skycompat";
        var text = (await EmbeddedText.ReadAsync("starter.jsonc", cancellationToken)).Replace(RootMark, JsonEncodedText.Encode(root).ToString(), StringComparison.Ordinal);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            await using var file = new FileStream(path, context.Get(_force) ? FileMode.Create : FileMode.CreateNew, FileAccess.Write);
            await using var writer = new StreamWriter(file);
            await writer.WriteAsync(text.AsMemory(), cancellationToken);
        }
        catch (IOException) when (File.Exists(path) && !context.Get(_force))
        {
            throw new UsageException($"'{path}' is there already and was left as it is. --force replaces it.");
        }

        if (context.Output.IsJson)
        {
            context.Output.Json(new JsonObject { ["type"] = "init", ["path"] = path });
        }

        context.Output.Note($"Wrote {path}. Next: `skyc mb home:first`, `skyc put FILE home:first/`, `skyc ls home:first`; `skyc doctor` checks clouds that you add.");
        return ExitCode.Done;
    }
}
