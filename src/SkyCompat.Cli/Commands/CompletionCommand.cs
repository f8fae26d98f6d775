namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc completion</c></summary>
internal sealed class CompletionCommand : SkycCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    private readonly Argument<string> _shell = new("SHELL") { Description = "The shell.", HelpName = "bash|zsh|fish|pwsh" };

    public CompletionCommand()
        : base("completion", "Prints a script that makes a shell complete commands, options, clouds and logical buckets.", "completion bash > ~/.local/share/bash-completion/completions/skyc", "completion zsh > ~/.zfunc/_skyc", "completion fish > ~/.config/fish/completions/skyc.fish", "completion pwsh >> $PROFILE")
    {
        _shell.AcceptOnlyFromAmong(Shells);
        Add(_shell);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var shell = context.Get(_shell)!;
        var script = await EmbeddedText.ReadAsync($"skyc.{shell}", cancellationToken);
        if (context.Output.IsJson)
        {
            context.Output.Json(new JsonObject { ["type"] = "completion", ["shell"] = shell, ["script"] = script });
        }
        else
        {
            context.Output.Line(script.TrimEnd());
        }

        return ExitCode.Done;
    }
}
