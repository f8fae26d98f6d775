namespace SkyCompat.Providers.Tests.S3;

/// <summary>What every Ceph does its own way.</summary>
internal static class CephQuirks
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["keys.odd.ascii-0"] = "its web server refuses NUL in a URL",
        ["keys.sign.ascii-0"] = "its web server refuses NUL in a URL",
        ["multipart.dropped-part"] = "completes an upload only with all its parts",
    };
}
