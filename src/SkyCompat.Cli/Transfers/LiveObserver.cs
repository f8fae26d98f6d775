using Spectre.Console;

namespace SkyCompat.Cli.Transfers;

/// <summary>Redraws the state of a transfer on the terminal.</summary>
internal sealed class LiveObserver(CliOutput output, TimeProvider time, LiveDisplayContext screen) : ConsoleObserver(output, time)
{
    public override void OnProgress(TransferProgress progress) => screen.UpdateTarget(ProgressView.Render(progress, Output.Screen.Profile.Width, Output.ScreenHeight));
}
