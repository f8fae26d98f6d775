namespace SkyCompat.Compute.Tests.Local;

/// <summary>The guest that <c>tests/servers/qemu.sh</c> makes, and why it cannot be had where it cannot.</summary>
internal static class VmGuest
{
    private static string Folder => Path.Combine(
        Environment.GetEnvironmentVariable("SKYCOMPAT_SERVERS")
        ?? Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "skycompat", "servers"),
        "qemu",
        "guest");

    public static string Kernel => Path.Combine(Folder, "vmlinuz");

    public static string Initrd => Path.Combine(Folder, "initrd.gz");

    /// <summary>The reason; null if it is there.</summary>
    public static string? UnavailableReason =>
        File.Exists(Kernel) && File.Exists(Initrd) ? null : $"There is no test guest in '{Folder}'; run tests/servers/up.sh qemu.";

    /// <summary>Skips, or with CI=true fails, where there is no guest.</summary>
    public static void Require()
    {
        if (UnavailableReason is { } reason)
        {
            Assert.SkipUnless(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), reason);
            Assert.Fail(reason);
        }
    }
}
