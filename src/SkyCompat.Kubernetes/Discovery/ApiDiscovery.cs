using System.Collections.Concurrent;
using SkyCompat.Workloads;

namespace SkyCompat.Kubernetes;

/// <summary>Which versions of interfaces a cluster has, asked of itself: old clusters lack what new ones have, and new ones what old ones had.</summary>
internal sealed class ApiDiscovery(ApiServer api)
{
    public static string[] CronJobs { get; } = ["batch/v1", "batch/v1beta1"];

    public static string[] Autoscalers { get; } = ["autoscaling/v2", "autoscaling/v2beta2", "autoscaling/v1"];

    public static string[] DisruptionBudgets { get; } = ["policy/v1", "policy/v1beta1"];

    public static string[] Ingresses { get; } = ["networking.k8s.io/v1"];

    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, ApiKind>> _versions = new(StringComparer.Ordinal);

    /// <summary>Finds a kind in the first version that has it.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="versions">The versions, best first.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <exception cref="CloudException">Unsupported: none has it.</exception>
    public async Task<ApiKind> GetAsync(string kind, IReadOnlyList<string> versions, CancellationToken cancellationToken) =>
        await TryGetAsync(kind, versions, cancellationToken).ConfigureAwait(false)
        ?? throw new CloudException(CloudErrorCode.Unsupported, $"The cluster has no {kind} in {string.Join(" or ", versions)}. Upgrade it, install what provides it, or do without.")
        {
            Reason = WorkloadErrorReasons.ApiMissing,
            Resource = kind,
        };

    public async Task<ApiKind?> TryGetAsync(string kind, IReadOnlyList<string> versions, CancellationToken cancellationToken)
    {
        foreach (var version in versions)
        {
            if (_versions.TryGetValue(version, out var known) && known.TryGetValue(kind, out var found))
            {
                return found;
            }

            // What was not there may have been installed since.
            if (await ReadAsync(version, cancellationToken).ConfigureAwait(false) is { } read)
            {
                _versions[version] = read;
                if (read.TryGetValue(kind, out found))
                {
                    return found;
                }
            }
        }

        return null;
    }

    private async Task<IReadOnlyDictionary<string, ApiKind>?> ReadAsync(string version, CancellationToken cancellationToken)
    {
        var reply = await api.TryGetAsync(version.Contains('/', StringComparison.Ordinal) ? $"/apis/{version}" : $"/api/{version}", cancellationToken).ConfigureAwait(false);
        if (reply is null)
        {
            return null;
        }

        var kinds = new Dictionary<string, ApiKind>(StringComparer.Ordinal);
        foreach (var resource in reply.Items("resources"))
        {
            // Those with a slash are parts of objects, such as their status.
            if (resource.Text("kind") is { } kind && resource.Text("name") is { } plural && !plural.Contains('/', StringComparison.Ordinal))
            {
                kinds[kind] = new ApiKind(version, kind, plural, resource.Flag("namespaced"));
            }
        }

        return kinds;
    }
}
