using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using SkyCompat.Emulators.AlibabaOss;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>Alibaba Cloud's official JavaScript client drives the emulator, so that the two were not only written to agree with each other.</summary>
public sealed class OssClientTests
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Emulator_OfficialClient_FindsNothingWrong()
    {
        var source = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(ThisFile())!, "../../servers/clients/oss");
        if (!Directory.Exists(source))
        {
            Skip("The client's script is not beside the sources.");
        }

        var folder = await InstallAsync(source);
        await using var emulator = await OssEmulator.StartAsync(new OssEmulatorOptions());
        var (exit, output) = await RunAsync("node", folder, ["drive.mjs", emulator.Endpoint.GetLeftPart(UriPartial.Authority), "cn-hangzhou"], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OSS_ID"] = OssAccount.Main.AccessKeyId,
            ["OSS_SECRET"] = OssAccount.Main.AccessKeySecret,
            ["OSS_STS_ID"] = OssAccount.Temporary.AccessKeyId,
            ["OSS_STS_SECRET"] = OssAccount.Temporary.AccessKeySecret,
            ["OSS_STS_TOKEN"] = OssAccount.Temporary.SecurityToken!,
        });

        exit.ShouldBe(0, output);
        output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(18);
    }

    /// <summary>Installs the exact versions of the lock file, once for all runs on this machine.</summary>
    private static async Task<string> InstallAsync(string source)
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set ? set : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var folder = System.IO.Path.Combine(cache, "skycompat", "clients", "oss");
        Directory.CreateDirectory(folder);
        foreach (var file in (string[])["package.json", "package-lock.json", "drive.mjs"])
        {
            File.Copy(System.IO.Path.Combine(source, file), System.IO.Path.Combine(folder, file), overwrite: true);
        }

        var marker = System.IO.Path.Combine(folder, "node_modules", ".installed");
        var wanted = await File.ReadAllTextAsync(System.IO.Path.Combine(folder, "package-lock.json"));
        if (File.Exists(marker) && await File.ReadAllTextAsync(marker) == wanted)
        {
            return folder;
        }

        var (exit, output) = await RunAsync("npm", folder, ["ci", "--no-audit", "--no-fund"], []);
        if (exit != 0)
        {
            Skip($"npm cannot install ali-oss: {output}");
        }

        await File.WriteAllTextAsync(marker, wanted);
        return folder;
    }

    private static async Task<(int Exit, string Output)> RunAsync(string program, string folder, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception exception)
        {
            Skip($"'{program}' is not here ({exception.Message}); install Node.js 20 or later.");
        }

        using (process)
        {
            using var limit = new CancellationTokenSource(InstallLimit);
            var output = process!.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
    }

    /// <summary>Leaves the test out loudly; where CI=true, that is a failure.</summary>
    private static void Skip(string reason)
    {
        (Environment.GetEnvironmentVariable("CI") == "true").ShouldBeFalse(reason);
        Assert.Skip(reason);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
