using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using SkyCompat.Clusters;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Finds clusters and pools by their names, which in ACK are not unique: its paths have ids.</summary>
internal sealed class AckDirectory(RoaClient client)
{
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>The document of a cluster; undefined if there is none.</summary>
    /// <exception cref="CloudException">Conflict: several have the name, and none of them is told apart by this library's tags.</exception>
    public async Task<JsonElement> TryGetAsync(string name, CancellationToken cancellationToken)
    {
        if (_ids.TryGetValue(name, out var known))
        {
            var cluster = await client.TryGetAsync("DescribeClusterDetail", $"/clusters/{known}", cancellationToken).ConfigureAwait(false);
            if (cluster.ValueKind == JsonValueKind.Object && cluster.Text("state") != "deleted")
            {
                return cluster;
            }

            _ids.TryRemove(name, out _);
        }

        var found = new List<JsonElement>();
        string? page = null;
        do
        {
            var (items, next) = await ListAsync(name, page, cancellationToken).ConfigureAwait(false);
            found.AddRange(items.Where(cluster => cluster.Text("name") == name && cluster.Text("state") != "deleted"));
            page = next;
        }
        while (page is not null);
        var own = found.Where(cluster => TagsOf(cluster).ContainsKey(ComputeTags.Owner)).ToList();
        var chosen = found.Count == 1 ? found[0] : own.Count == 1 ? own[0] : default;
        if (chosen.Text("cluster_id") is { } id)
        {
            _ids[name] = id;
        }
        else if (found.Count > 1)
        {
            throw new CloudException(CloudErrorCode.Conflict, $"{found.Count} clusters have the name '{name}': {string.Join(", ", found.Select(cluster => cluster.Text("cluster_id")))}. Rename all but one.");
        }

        return chosen;
    }

    /// <summary>The id of a cluster.</summary>
    /// <exception cref="CloudException">NotFound (ClusterNotFound): there is none.</exception>
    public async Task<string> GetIdAsync(string name, CancellationToken cancellationToken) =>
        _ids.TryGetValue(name, out var known) ? known
        : (await TryGetAsync(name, cancellationToken).ConfigureAwait(false)).Text("cluster_id") ?? throw new CloudException(CloudErrorCode.NotFound, "There is no such cluster.") { Reason = ClusterErrorReasons.ClusterNotFound };

    /// <summary>A page of clusters of the region.</summary>
    public async Task<DriverPage<JsonElement>> ListAsync(string? name, string? page, CancellationToken cancellationToken)
    {
        var number = NumberedPage.Parse(page);
        var query = new List<(string, string)>
        {
            ("page_number", number.ToString(CultureInfo.InvariantCulture)),
            ("page_size", NumberedPage.Size.ToString(CultureInfo.InvariantCulture)),
            ("region_id", client.Context.Region),
        };
        if (name is not null)
        {
            query.Add(("name", name));
        }

        var reply = await client.GetAsync("DescribeClustersV1", "/api/v1/clusters", cancellationToken, [.. query]).ConfigureAwait(false);
        return new DriverPage<JsonElement>([.. reply.Items("clusters")], NumberedPage.Next(number, (int)(reply.Number("page_info", "total_count") ?? 0)));
    }

    /// <summary>The document of a pool and the id of its cluster; undefined if there is none.</summary>
    public async Task<(string Cluster, JsonElement Pool)> TryGetPoolAsync(string cluster, string name, CancellationToken cancellationToken)
    {
        if ((await TryGetAsync(cluster, cancellationToken).ConfigureAwait(false)).Text("cluster_id") is not { } id)
        {
            return ("", default);
        }

        var reply = await client.TryGetAsync("DescribeClusterNodePools", $"/clusters/{id}/nodepools", cancellationToken).ConfigureAwait(false);
        return (id, reply.Items("nodepools").FirstOrDefault(pool => pool.Text("nodepool_info", "name") == name));
    }

    public static Dictionary<string, string> TagsOf(JsonElement owner)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in owner.Items("tags"))
        {
            tags[tag.Text("key") ?? ""] = tag.Text("value") ?? "";
        }

        return tags;
    }
}
