using SkyCompat.Transfer.Spreading;

namespace SkyCompat.Cli.Transfers;

/// <summary>Says what became of a transfer.</summary>
internal static class ReportText
{
    public static TransferReport Sum(IReadOnlyList<TransferReport> reports) => reports.Aggregate(ReportSum.Add);

    /// <summary>Prints a report: data with <c>--json</c>, otherwise a note.</summary>
    public static void Print(CliOutput output, TransferReport report)
    {
        if (output.IsJson)
        {
            output.Json(Json(report));
            return;
        }

        var seconds = Math.Max(report.Elapsed.TotalSeconds, 0.001);
        output.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"Copied {Count.Of(report.Copied, "object")}, {ByteSize.Format(report.Cost.Bytes)} in {Age.Format(report.Elapsed)} ({ByteSize.Format(report.Cost.Bytes / seconds)}/s){Others(report)}."));
        if (report.Copied > 0)
        {
            output.Note($"Verified: {Counts(report.Verified, Describe)}. Routes: {Counts(report.Routes, route => Choice.Word(route).Replace('-', ' '))}.");
            foreach (var fallback in report.Fallbacks)
            {
                output.Note($"{Count.Of(fallback.Objects, "object")} could not take the route {Choice.Word(fallback.Route).Replace('-', ' ')}, and took the next: {fallback.Reason}");
            }

            output.Note(Cost(report.Cost));
        }

        OutlineText.PrintLosses(output, report.Losses);
    }

    /// <summary>Bytes, requests and the price in one sentence.</summary>
    public static string Cost(TransferCost cost) => string.Create(
        CultureInfo.InvariantCulture,
        $"Cost: {(cost.Amount > 0 ? $"${cost.Amount:0.00####}" : "nothing by the price table")}; {ByteSize.Format(cost.EgressBytes)} of charged egress, {ByteSize.Format(cost.ProcessBytes)} through this process, {Count.Of(cost.ReadRequests, "request")} to read and {cost.WriteRequests:N0} to write.");

    public static JsonObject Json(TransferCost cost) => new()
    {
        ["bytes"] = cost.Bytes,
        ["processBytes"] = cost.ProcessBytes,
        ["egressBytes"] = cost.EgressBytes,
        ["readRequests"] = cost.ReadRequests,
        ["writeRequests"] = cost.WriteRequests,
        ["usd"] = cost.Amount,
    };

    private static JsonObject Json(TransferReport report) => new()
    {
        ["type"] = "report",
        ["copied"] = report.Copied,
        ["skipped"] = report.Skipped,
        ["resumed"] = report.Resumed,
        ["deleted"] = report.Deleted,
        ["failed"] = report.Failed,
        ["seconds"] = Math.Round(report.Elapsed.TotalSeconds, 3),
        ["verified"] = Json(report.Verified),
        ["routes"] = Json(report.Routes),
        ["fallbacks"] = new JsonArray([.. report.Fallbacks.Select(fallback => new JsonObject { ["route"] = Choice.Name(fallback.Route), ["objects"] = fallback.Objects, ["reason"] = fallback.Reason })]),
        ["losses"] = OutlineText.Losses(report.Losses),
        ["cost"] = Json(report.Cost),
        ["peakBufferBytes"] = report.PeakBufferBytes,
    };

    private static JsonObject Json<T>(IReadOnlyDictionary<T, long> counts)
        where T : struct, Enum => new(counts.Select(pair => KeyValuePair.Create(Choice.Name(pair.Key), (JsonNode?)pair.Value)));

    private static string Others(TransferReport report)
    {
        (long Count, string Text)[] others =
        [
            (report.Skipped, report.Resumed > 0 ? string.Create(CultureInfo.InvariantCulture, $"skipped ({report.Resumed:N0} by an earlier run)") : "skipped"),
            (report.Deleted, "deleted"),
            (report.Failed, "failed"),
        ];
        return string.Concat(others.Where(other => other.Count > 0).Select(other => string.Create(CultureInfo.InvariantCulture, $", {other.Count:N0} {other.Text}")));
    }

    private static string Counts<T>(IReadOnlyDictionary<T, long> counts, Func<T, string> describe)
        where T : struct, Enum => string.Join(", ", counts.Where(pair => pair.Value > 0).OrderByDescending(pair => pair.Value).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value:N0} {describe(pair.Key)}")));

    private static string Describe(TransferVerification verification) => verification switch
    {
        TransferVerification.EndToEnd => "end to end",
        TransferVerification.Upload => "by the upload's checksum",
        TransferVerification.Size => "by size",
        _ => "not needed",
    };
}
