using System.Globalization;

namespace SkyCompat.Clusters;

/// <summary>The versions on offer, and which of them a text means.</summary>
internal sealed class ClusterVersions(ClusterCalls calls)
{
    public async Task<IReadOnlyList<ClusterVersion>> ListAsync(CancellationToken cancellationToken)
    {
        var offered = await calls.SendAsync("ListClusterVersions", null, (driver, token) => driver.ListVersionsAsync(token), cancellationToken).ConfigureAwait(false);
        return [.. offered.OrderByDescending(version => Numbers(version.Name), Comparer<int[]>.Create(Compare)).ThenBy(version => version.Name, StringComparer.Ordinal)];
    }

    /// <summary>The version that a text names, or the newest that it is the beginning of.</summary>
    /// <exception cref="CloudException">InvalidArgument (VersionNotOffered): there is none.</exception>
    public async Task<string> ResolveAsync(string text, CancellationToken cancellationToken)
    {
        var offered = await ListAsync(cancellationToken).ConfigureAwait(false);
        var found = offered.FirstOrDefault(version => string.Equals(version.Name, text, StringComparison.OrdinalIgnoreCase))
            ?? offered.Where(version => Begins(version.Name, text)).OrderBy(version => version.IsPreview).FirstOrDefault();
        return found?.Name ?? throw new CloudException(
            CloudErrorCode.InvalidArgument, $"Cloud '{calls.Cloud.Name}' does not offer version '{text}' of Kubernetes. It offers: {string.Join(", ", offered.Select(version => version.Name))}.")
        {
            Reason = ClusterErrorReasons.VersionNotOffered,
            Provider = calls.Cloud.Provider,
        };
    }

    /// <summary>Whether a version is a text, or goes on from it with another part: 1.3 is no beginning of 1.33.</summary>
    private static bool Begins(string version, string text) =>
        version.StartsWith(text, StringComparison.OrdinalIgnoreCase) && version.Length > text.Length && version[text.Length] is '.' or '-' or '+';

    private static int[] Numbers(string version) =>
        [.. version.Split(['.', '-', '+']).Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)];

    private static int Compare(int[] left, int[] right)
    {
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var order = left.ElementAtOrDefault(i).CompareTo(right.ElementAtOrDefault(i));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
