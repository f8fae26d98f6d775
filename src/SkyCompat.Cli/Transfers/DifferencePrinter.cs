namespace SkyCompat.Cli.Transfers;

/// <summary>Prints how two sides differ: a line per object as it is compared, and the counts.</summary>
internal static class DifferencePrinter
{
    public static async Task<int> PrintAsync(CommandContext context, TransferRequest request, bool isSameShown, CancellationToken cancellationToken)
    {
        var output = context.Output;
        var counts = Enum.GetValues<TransferDifferenceKind>().ToDictionary(kind => kind, _ => 0L);
        await foreach (var difference in context.Transfers.CompareAsync(request, cancellationToken))
        {
            counts[difference.Kind]++;
            if (isSameShown || difference.Kind is not TransferDifferenceKind.Same)
            {
                Print(output, difference);
            }
        }

        if (counts.Values.All(count => count == 0) && FilterOptions.IsAll(request.Filter) && request.Source.Path.Length > 0)
        {
            throw new MissingException($"Nothing is under '{request.Source}', nor under '{request.Destination}'.");
        }

        Sum(output, counts);
        return counts[TransferDifferenceKind.Same] == counts.Values.Sum() ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Print(CliOutput output, TransferDifference difference)
    {
        if (output.IsJson)
        {
            output.Json(new JsonObject
            {
                ["type"] = "difference",
                ["difference"] = Choice.Name(difference.Kind),
                ["name"] = difference.Name,
                ["sourceSize"] = difference.SourceSize,
                ["destinationSize"] = difference.DestinationSize,
                ["reason"] = difference.Reason,
                ["error"] = difference.Error is { } error ? Errors.ToJson(error.Message, ExitCode.Of(error.Code), error) : null,
            });
            return;
        }

        output.Line($"{Choice.Word(difference.Kind).Replace('-', ' '),-19}  {Printable.Text(difference.Name)}  ({Printable.Text(difference.Error?.Message ?? difference.Reason)})");
    }

    private static void Sum(CliOutput output, Dictionary<TransferDifferenceKind, long> counts)
    {
        if (output.IsJson)
        {
            var sum = new JsonObject { ["type"] = "comparison" };
            foreach (var (kind, count) in counts)
            {
                sum[Choice.Name(kind)] = count;
            }

            output.Json(sum);
            return;
        }

        output.Note(string.Join(", ", counts.Where(pair => pair.Value > 0 || pair.Key is TransferDifferenceKind.Same).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value:N0} {Choice.Word(pair.Key).Replace('-', ' ')}"))) + ".");
    }
}
