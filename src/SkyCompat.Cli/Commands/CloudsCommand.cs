using Spectre.Console;

namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc clouds</c></summary>
internal sealed class CloudsCommand() : SkycCommand("clouds", "Lists the configured clouds and logical buckets. Sends no request; doctor does.", "clouds", "clouds --json | jq -r .name")
{
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var sky = context.Sky;
        var options = context.Options;
        var standard = options.DefaultCloud is not null || options.Clouds.Count == 1 ? sky.DefaultCloud.Name : null;
        var table = new Table();
        foreach (var header in (string[])["cloud", "provider", "region", "default", "logical buckets"])
        {
            table.AddColumn(new TableColumn(header));
        }

        foreach (var cloud in sky.Clouds)
        {
            var buckets = options.Buckets.Where(bucket => string.Equals(bucket.Value.Cloud ?? standard, cloud.Name, StringComparison.OrdinalIgnoreCase)).OrderBy(bucket => bucket.Key, StringComparer.OrdinalIgnoreCase).ToList();
            var isDefault = string.Equals(cloud.Name, standard, StringComparison.OrdinalIgnoreCase);
            if (context.Output.IsJson)
            {
                context.Output.Json(new JsonObject
                {
                    ["type"] = "cloud",
                    ["name"] = cloud.Name,
                    ["provider"] = cloud.Provider.Name,
                    ["region"] = cloud.Location.Region,
                    ["default"] = isDefault,
                    ["buckets"] = new JsonArray([.. buckets.Select(bucket => (JsonNode)new JsonObject { ["name"] = bucket.Key, ["bucket"] = bucket.Value.Name, ["prefix"] = bucket.Value.Prefix, ["readOnly"] = bucket.Value.ReadOnly })]),
                });
            }

            var names = string.Join(", ", buckets.Select(bucket => $"@{bucket.Key} = {bucket.Value.Name}/{bucket.Value.Prefix}"));
            table.AddRow(new Text(cloud.Name), new Text(cloud.Provider.Name), new Text(cloud.Location.Region ?? ""), new Text(isDefault ? "yes" : ""), new Text(Printable.Text(names)));
        }

        if (!context.Output.IsJson)
        {
            context.Output.Table(table);
        }

        return Task.FromResult(ExitCode.Done);
    }
}
