using Spectre.Console;

namespace SkyCompat.Cli.Compute;

/// <summary>Instances as rows and documents.</summary>
internal static class InstanceText
{
    private static readonly string[] Headers = ["id", "place", "type", "phase", "billed", "addresses", "age"];

    public static Table Table(params string[] headers)
    {
        var table = new Table();
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(header));
        }

        return table;
    }

    public static IEnumerable<Text> Row(params string[] cells) => cells.Select(cell => new Text(Printable.Text(cell)));

    public static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Money(decimal? amount) => amount?.ToString("0.####", CultureInfo.InvariantCulture) ?? "?";

    public static void Print(CommandContext context, IReadOnlyList<Instance> instances)
    {
        if (context.Output.IsJson)
        {
            foreach (var instance in instances)
            {
                context.Output.Json(ToJson(instance));
            }

            return;
        }

        var table = Table(Headers);
        foreach (var instance in instances)
        {
            table.AddRow(Row(
                $"{instance.Cloud}:{instance.Id}", instance.Location.ToString(), instance.InstanceType ?? "", instance.Preempted ? "preempted" : Choice.Word(instance.Phase), instance.ComputeBilled ? "yes" : "no",
                string.Join(' ', instance.PublicAddresses.Concat(instance.PrivateAddresses).Distinct(StringComparer.Ordinal)), instance.CreatedAt is { } made ? Age.Format(context.Time.GetUtcNow() - made) : ""));
        }

        context.Output.Table(table);
    }

    public static JsonObject ToJson(Instance instance) => new()
    {
        ["type"] = "instance",
        ["cloud"] = instance.Cloud,
        ["id"] = instance.Id,
        ["name"] = instance.Name,
        ["region"] = instance.Location.Region,
        ["zone"] = instance.Location.Zone,
        ["instanceType"] = instance.InstanceType,
        ["market"] = Choice.Name(instance.Market),
        ["phase"] = Choice.Name(instance.Phase),
        ["state"] = instance.RawState,
        ["billed"] = instance.ComputeBilled,
        ["preempted"] = instance.Preempted,
        ["publicAddresses"] = new JsonArray([.. instance.PublicAddresses.Select(address => (JsonNode)address)]),
        ["privateAddresses"] = new JsonArray([.. instance.PrivateAddresses.Select(address => (JsonNode)address)]),
        ["tags"] = new JsonObject(instance.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
        ["createdAt"] = instance.CreatedAt?.ToString("O", CultureInfo.InvariantCulture),
    };
}
