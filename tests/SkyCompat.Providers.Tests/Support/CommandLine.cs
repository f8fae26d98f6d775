using System.Diagnostics;

namespace SkyCompat.Providers.Tests;

/// <summary>Runs programs of this machine.</summary>
internal static class CommandLine
{
    /// <summary>The folder of the solution.</summary>
    public static string Repository { get; } = FindRepository();

    public static bool Has(string program) => Find(program) is not null;

    public static async Task<CommandResult> RunAsync(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?>? variables = null)
    {
        var start = new ProcessStartInfo(Find(program) ?? program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CommandResult(process.ExitCode, await output, await errors);
    }

    private static string? Find(string program)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)))
            .FirstOrDefault(File.Exists);
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SkyCompat.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run from a clone of the repository.");
    }
}

internal sealed record CommandResult(int ExitCode, string Output, string Errors);
