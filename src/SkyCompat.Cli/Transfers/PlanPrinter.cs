namespace SkyCompat.Cli.Transfers;

/// <summary>Prints a dry run: a row per object as the lists come in, and the sum.</summary>
internal static class PlanPrinter
{
    public static async Task<int> PrintAsync(CommandContext context, IReadOnlyList<TransferRequest> requests, CancellationToken cancellationToken)
    {
        var output = context.Output;
        var counts = new Dictionary<TransferAction, long>();
        var cost = default(TransferCost);
        var isFirst = true;
        foreach (var request in requests)
        {
            OutlineText.Print(output, await context.Transfers.OutlineAsync(request, cancellationToken));
            await foreach (var step in context.Transfers.PlanAsync(request, cancellationToken))
            {
                if (isFirst && !output.IsJson)
                {
                    output.Line(Row("ACTION", "ROUTE", "SIZE", "NAME", "REASON"));
                }

                isFirst = false;
                counts[step.Action] = counts.GetValueOrDefault(step.Action) + 1;
                cost += step.Cost;
                Print(output, step);
            }
        }

        Sum(output, counts, cost);
        return counts.ContainsKey(TransferAction.Refuse) ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Print(CliOutput output, TransferStep step)
    {
        if (output.IsJson)
        {
            output.Json(new JsonObject
            {
                ["type"] = "step",
                ["action"] = Choice.Name(step.Action),
                ["name"] = step.Name,
                ["target"] = step.Target,
                ["size"] = step.Size,
                ["route"] = Choice.Name(step.Route),
                ["reason"] = step.Reason,
                ["cost"] = ReportText.Json(step.Cost),
            });
            return;
        }

        output.Line(Row(Choice.Word(step.Action), step.Route is TransferRoute.None ? "" : Choice.Word(step.Route), ByteSize.Format(step.Size), Printable.Text(step.Name), Printable.Text(step.Reason)));
    }

    private static void Sum(CliOutput output, Dictionary<TransferAction, long> counts, TransferCost cost)
    {
        if (output.IsJson)
        {
            var sum = new JsonObject { ["type"] = "plan" };
            foreach (var action in Enum.GetValues<TransferAction>())
            {
                sum[Choice.Name(action)] = counts.GetValueOrDefault(action);
            }

            sum["cost"] = ReportText.Json(cost);
            output.Json(sum);
            return;
        }

        output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Would copy {Count.Of(counts.GetValueOrDefault(TransferAction.Copy), "object")} ({ByteSize.Format(cost.Bytes)}), skip {counts.GetValueOrDefault(TransferAction.Skip):N0}, delete {counts.GetValueOrDefault(TransferAction.Delete):N0}, refuse {counts.GetValueOrDefault(TransferAction.Refuse):N0}."));
        output.Line(ReportText.Cost(cost));
    }

    private static string Row(string action, string route, string size, string name, string reason) => $"{action,-6}  {route,-16}  {size,10}  {name}  {(reason.Length > 0 && action != "ACTION" ? $"({reason})" : reason)}";
}
