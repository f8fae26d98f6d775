using Microsoft.Extensions.Configuration;

namespace SkyCompat.Cli.Configuration;

/// <summary>Reads what an application in this folder would read, above what the user keeps for all folders.</summary>
internal static class SettingsReader
{
    public const string FileName = "appsettings.json";

    private const string EnvironmentPrefix = Settings.SectionName + "__";

    /// <summary>Reads the files that were named, or <c>./appsettings.json</c> above the user's own file; the environment above both.</summary>
    public static Settings Read(IReadOnlyList<string> named, CliEnvironment environment)
    {
        var sources = new List<string>();
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in named.Count > 0 ? named.Select(file => Path.GetFullPath(file, environment.Folder)) : Found(environment))
        {
            Lay(ReadFile(path), values);
            sources.Add(path);
        }

        var variables = environment.Variables.Where(pair => pair.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var (name, value) in variables)
        {
            values[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        }

        if (variables.Count > 0)
        {
            sources.Add("environment");
        }

        return new Settings(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), sources);
    }

    /// <summary>The user's own file, for all folders.</summary>
    public static string? UserFile(CliEnvironment environment)
    {
        var home = environment.Variable("XDG_CONFIG_HOME")
            ?? (OperatingSystem.IsWindows() ? environment.Variable("APPDATA") : environment.Variable("HOME") is { } user ? Path.Combine(user, ".config") : null);
        return home is null ? null : Path.Combine(home, "skyc", FileName);
    }

    private static IEnumerable<string> Found(CliEnvironment environment)
    {
        string?[] candidates =
        [
            UserFile(environment),
            Path.Combine(environment.Folder, FileName),
            Path.Combine(environment.Folder, $"appsettings.{environment.Variable("DOTNET_ENVIRONMENT") ?? "Production"}.json"),
        ];
        return candidates.OfType<string>().Where(File.Exists);
    }

    private static Dictionary<string, string?> ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no configuration file '{path}'. `skyc init` writes one to start from.");
        }

        try
        {
            return new Dictionary<string, string?>(new ConfigurationBuilder().AddJsonFile(path, optional: false, reloadOnChange: false).Build().AsEnumerable(), StringComparer.OrdinalIgnoreCase);
        }
        catch (InvalidDataException exception)
        {
            throw new UsageException($"'{path}' is not JSON: {exception.InnerException?.Message ?? exception.Message}");
        }
    }

    /// <summary>Lays a file over those before, key by key, as an application does. A cloud that gets another provider starts anew: the other one's settings would be refused as unknown.</summary>
    private static void Lay(Dictionary<string, string?> above, Dictionary<string, string?> values)
    {
        foreach (var (key, provider) in above.Where(pair => pair.Key.StartsWith($"{Settings.SectionName}:Clouds:", StringComparison.OrdinalIgnoreCase) && pair.Key.EndsWith(":Provider", StringComparison.OrdinalIgnoreCase)))
        {
            if (values.TryGetValue(key, out var other) && !string.Equals(other, provider, StringComparison.OrdinalIgnoreCase))
            {
                var section = key[..^"Provider".Length];
                foreach (var stale in values.Keys.Where(name => name.StartsWith(section, StringComparison.OrdinalIgnoreCase)).ToList())
                {
                    values.Remove(stale);
                }
            }
        }

        foreach (var (key, value) in above)
        {
            // Sections come along as keys without a value.
            if (value is not null)
            {
                values[key] = value;
            }
        }
    }
}
