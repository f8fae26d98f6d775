namespace SkyCompat.Azure;

/// <summary>The versions of the interfaces that the requests here are written for.</summary>
internal static class ArmVersions
{
    public const string Compute = "2024-03-01";
    public const string Disks = "2023-10-02";
    public const string Skus = "2021-07-01";
    public const string Network = "2024-01-01";
    public const string Clusters = "2024-02-01";
    public const string Resources = "2024-03-01";
}
