namespace SkyCompat.Aws;

/// <summary>The paths of EKS, and the handles of its updates.</summary>
internal static class EksPaths
{
    private const char Separator = '/';

    public static string Cluster(string name) => $"/clusters/{UriCharacters.Encode(name, keepSlash: false)}";

    public static string Pools(string cluster) => Cluster(cluster) + "/node-groups";

    public static string Pool(string cluster, string name) => $"{Pools(cluster)}/{UriCharacters.Encode(name, keepSlash: false)}";

    /// <summary>The handle of an update of a pool.</summary>
    public static string? Handle(string? update, string pool) => update is null ? null : $"{update}{Separator}{pool}";

    public static (string Update, string? Pool) ParseHandle(string handle) =>
        handle.IndexOf(Separator, StringComparison.Ordinal) is > 0 and var slash ? (handle[..slash], handle[(slash + 1)..]) : (handle, null);
}
