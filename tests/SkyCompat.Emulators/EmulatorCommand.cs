using System.Runtime.InteropServices;

namespace SkyCompat.Emulators;

/// <summary>The command line of the executable.</summary>
public static class EmulatorCommand
{
    /// <summary>Starts the emulator that the first word names and keeps it until the process is asked to end.</summary>
    /// <returns>0, or 2 for a command line that says something else.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> words, IReadOnlyDictionary<string, Func<EmulatorArguments, Task<IEmulator>>> emulators)
    {
        IEmulator emulator;
        try
        {
            if (words.Count == 0 || !emulators.TryGetValue(words[0], out var start))
            {
                throw new FormatException("The first word must be the name of an emulator.");
            }

            emulator = await start(new EmulatorArguments([.. words.Skip(1)]));
        }
        catch (FormatException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} Usage: SkyCompat.Emulators {string.Join('|', emulators.Keys)} --port N");
            return 2;
        }

        await using (emulator)
        {
            var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            await Console.Out.WriteLineAsync($"{words[0]} ready {emulator.Endpoint}");
            await asked.Task;

            void Stop(PosixSignalContext signal)
            {
                signal.Cancel = true;
                asked.TrySetResult();
            }
        }

        return 0;
    }
}
