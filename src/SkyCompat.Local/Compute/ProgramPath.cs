namespace SkyCompat.Local;

/// <summary>Finds programs on the PATH.</summary>
internal static class ProgramPath
{
    /// <summary>The path of a program; null if there is none.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
