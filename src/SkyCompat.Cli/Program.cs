using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace SkyCompat.Cli;

/// <summary>The entry point of the tool.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        var environment = CliEnvironment.OfProcess();

        // The first signal ends the command cleanly; the second finds no handler that holds it back and kills.
        void OnSignal(PosixSignalContext signal)
        {
            if (!stop.IsCancellationRequested)
            {
                signal.Cancel = true;
                environment.Error.WriteLine("Stopping cleanly; press Ctrl-C again to stop at once.");
                stop.Cancel();
            }
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        return await RunAsync(arguments, environment, stop.Token);
    }

    [SuppressMessage("Design", "CA1031", Justification = "A bug ends the program with its trace and an exit code, not with the runtime's abort and a core dump.")]
    private static async Task<int> RunAsync(string[] arguments, CliEnvironment environment, CancellationToken cancellationToken)
    {
        try
        {
            return await SkycApplication.RunAsync(arguments, environment, cancellationToken: cancellationToken);
        }
        catch (Exception exception)
        {
            await environment.Error.WriteLineAsync($"skyc met what it does not expect; please report it:\n{exception}");
            return ExitCode.Failed;
        }
    }
}
