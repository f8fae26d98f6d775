using Spectre.Console;

namespace SkyCompat.Cli.Transfers;

/// <summary>Follows a transfer on the terminal, if there is one.</summary>
internal static class ProgressDisplay
{
    public static Task<TransferReport> FollowAsync(CommandContext context, Func<TransferObserver, Task<TransferReport>> run)
    {
        var output = context.Output;
        if (!output.IsLive)
        {
            return run(new ConsoleObserver(output, context.Time));
        }

        var display = new LiveDisplay(output.Screen, new Text("Starting…")) { AutoClear = true };
        return display.StartAsync(screen => run(new LiveObserver(output, context.Time, screen)));
    }
}
