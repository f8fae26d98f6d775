namespace SkyCompat.Cli.Transfers;

/// <summary>Carries transfers out, or shows what they would do, and says what became of them.</summary>
internal static class TransferRunner
{
    public static async Task<int> RunAsync(CommandContext context, IReadOnlyList<TransferRequest> requests, CopyOptionSet options, CancellationToken cancellationToken)
    {
        if (requests.Count > 1 && requests[0].Options.JournalPath is not null)
        {
            throw new UsageException("--journal records one transfer, and these sources are in several folders. Run it once per folder.");
        }

        if (options.IsDryRun(context))
        {
            return await PlanPrinter.PrintAsync(context, requests, cancellationToken);
        }

        var spread = options.ReadSpread(context, requests);
        var reports = new List<TransferReport>();
        foreach (var request in requests)
        {
            reports.Add(await ProgressDisplay.FollowAsync(context, observer => spread is null
                ? context.Transfers.RunAsync(request, observer, cancellationToken)
                : ClusterOptions.CheckedAsync(() => context.Transfers.RunOnClusterAsync(request, spread, observer, cancellationToken))));
        }

        var report = ReportText.Sum(reports);
        RefuseNothing(requests, report);
        ReportText.Print(context.Output, report);
        if (spread is not null && report.Failed > 0)
        {
            context.Output.Note("What is finished is recorded in the destination bucket: the same command tries what failed.");
        }

        return ExitCodeOf(requests, report);
    }

    /// <summary>A copy that finds nothing was most likely a wrong name; a sync of nothing may be right.</summary>
    private static void RefuseNothing(IReadOnlyList<TransferRequest> requests, TransferReport report)
    {
        if (requests is [{ Mode: TransferMode.Copy, Source: { IsMany: true } source } request] && FilterOptions.IsAll(request.Filter) && report is { Copied: 0, Skipped: 0, Failed: 0 })
        {
            throw new MissingException($"Nothing is under '{source}'.");
        }
    }

    private static int ExitCodeOf(IReadOnlyList<TransferRequest> requests, TransferReport report) => report switch
    {
        { Failed: 0 } => ExitCode.Done,
        // What became of a single object can be told exactly.
        { Failures: [{ Error: { } error }] } when requests is [{ Source.IsMany: false }] => ExitCode.Of(error.Code),
        _ => ExitCode.Failed,
    };
}
