using System.Security.Cryptography;

namespace SkyCompat.Providers.Tests;

/// <summary>A client for Node.js with its packages, installed once per lock file in the cache folder of this user.</summary>
internal static class NodeClient
{
    private static readonly string Cache = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "skycompat",
        "clients");

    /// <summary>Runs drive.mjs of a folder of tests/servers/clients with its packages. A machine without Node or npm leaves the test out, and in CI fails it.</summary>
    public static async Task<CommandResult> DriveAsync(string name, string[] arguments, IReadOnlyDictionary<string, string?> variables, ITestOutputHelper output)
    {
        if (!CommandLine.Has("node") || !CommandLine.Has("npm"))
        {
            const string Reason = "The official JavaScript client needs node and npm on the PATH.";
            (Environment.GetEnvironmentVariable("CI") == "true").ShouldBeFalse(Reason);
            Assert.Skip(Reason);
        }

        var folder = await InstallAsync(Path.Combine(CommandLine.Repository, "tests", "servers", "clients", name), output);
        var run = await CommandLine.RunAsync("node", [Path.Combine(folder, "drive.mjs"), .. arguments], folder, variables);
        output.WriteLine(run.Output);
        return run;
    }

    /// <summary>The folder with the packages and the present state of the scripts of <paramref name="source"/>.</summary>
    private static async Task<string> InstallAsync(string source, ITestOutputHelper output)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"))))[..16];
        var packages = Path.Combine(Cache, $"{Path.GetFileName(source)}-{digest}");
        if (!Directory.Exists(packages))
        {
            await InstallPackagesAsync(source, packages, output);
        }

        // Node looks for packages beside the script and above, so each run has its copy of the scripts below the packages.
        var folder = Path.Combine(packages, "runs", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        foreach (var script in Directory.EnumerateFiles(source, "*.mjs").Append(Path.Combine(Path.GetDirectoryName(source)!, "steps.mjs")))
        {
            File.Copy(script, Path.Combine(folder, Path.GetFileName(script)));
        }

        return folder;
    }

    /// <summary>Installs beside the final place and moves it there, so that what is there is complete whoever else installs.</summary>
    private static async Task InstallPackagesAsync(string source, string packages, ITestOutputHelper output)
    {
        var folder = $"{packages}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(folder);
        foreach (var name in new[] { "package.json", "package-lock.json" })
        {
            File.Copy(Path.Combine(source, name), Path.Combine(folder, name));
        }

        var run = await CommandLine.RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder);
        output.WriteLine(run.Output + run.Errors);
        run.ExitCode.ShouldBe(0, $"npm could not install the client: {run.Errors}");
        try
        {
            Directory.Move(folder, packages);
        }
        catch (IOException) when (Directory.Exists(packages))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
