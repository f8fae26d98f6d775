using SkyCompat.Clusters;

namespace SkyCompat.Google;

/// <summary>Names in paths, which must not lead elsewhere.</summary>
internal static class GkeNames
{
    /// <exception cref="CloudException">NotFound: nothing can have the name.</exception>
    public static string Check(string name) => GceNames.IsName(name) ? name : throw new CloudException(CloudErrorCode.NotFound, $"Nothing can have the name '{name}'.") { Reason = ClusterErrorReasons.ClusterNotFound };
}
