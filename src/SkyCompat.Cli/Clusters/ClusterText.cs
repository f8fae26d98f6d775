using Spectre.Console;

namespace SkyCompat.Cli.Clusters;

/// <summary>Clusters and pools as rows and documents.</summary>
internal static class ClusterText
{
    private static readonly string[] Headers = ["cluster", "place", "version", "phase", "server", "issues"];

    public static void Print(CommandContext context, IReadOnlyList<ClusterInfo> clusters)
    {
        if (context.Output.IsJson)
        {
            foreach (var cluster in clusters)
            {
                context.Output.Json(ToJson(cluster));
            }

            return;
        }

        var table = InstanceText.Table(Headers);
        foreach (var cluster in clusters)
        {
            table.AddRow(InstanceText.Row(
                $"{cluster.Cloud}:{cluster.Name}", cluster.Location.ToString(), cluster.Version ?? "", Choice.Word(cluster.Phase), cluster.Server?.ToString() ?? "", string.Join("; ", cluster.Issues)));
        }

        context.Output.Table(table);
    }

    public static void Print(CommandContext context, NodePoolInfo pool)
    {
        if (context.Output.IsJson)
        {
            context.Output.Json(new JsonObject
            {
                ["type"] = "nodePool",
                ["cluster"] = pool.Cluster,
                ["name"] = pool.Name,
                ["phase"] = Choice.Name(pool.Phase),
                ["state"] = pool.RawState,
                ["instanceType"] = pool.InstanceType,
                ["market"] = Choice.Name(pool.Market),
                ["count"] = pool.Count,
                ["min"] = pool.Autoscale?.Min,
                ["max"] = pool.Autoscale?.Max,
                ["version"] = pool.Version,
            });
        }
        else
        {
            context.Output.Line($"{pool.Cluster}/{pool.Name} {Choice.Word(pool.Phase)} {pool.InstanceType} {pool.Autoscale?.ToString() ?? pool.Count?.ToString(CultureInfo.InvariantCulture)}".TrimEnd());
        }
    }

    private static JsonObject ToJson(ClusterInfo cluster) => new()
    {
        ["type"] = "cluster",
        ["cloud"] = cluster.Cloud,
        ["name"] = cluster.Name,
        ["id"] = cluster.Id,
        ["region"] = cluster.Location.Region,
        ["zone"] = cluster.Location.Zone,
        ["phase"] = Choice.Name(cluster.Phase),
        ["state"] = cluster.RawState,
        ["version"] = cluster.Version,
        ["server"] = cluster.Server?.ToString(),
        ["issues"] = new JsonArray([.. cluster.Issues.Select(issue => (JsonNode)new JsonObject { ["code"] = issue.Code, ["message"] = issue.Message, ["reason"] = Choice.Name(issue.Reason) })]),
        ["tags"] = new JsonObject(cluster.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
        ["createdAt"] = cluster.CreatedAt?.ToString("O", CultureInfo.InvariantCulture),
    };
}
