namespace SkyCompat.Cli.Transfers;

/// <summary>The state of a running transfer in words.</summary>
internal static class ProgressText
{
    public static string Line(TransferProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Bytes(progress)}, {ByteSize.Format(progress.BytesPerSecond)}/s{(progress.Remaining is { } remaining ? $", {Age.Format(remaining)} left" : "")}, {Objects(progress)}");

    public static string Bytes(TransferProgress progress) => $"{ByteSize.Format(progress.MovedBytes)} of {ByteSize.Format(progress.FoundBytes)}{More(progress)}";

    public static string Objects(TransferProgress progress)
    {
        (long Count, string Text)[] others = [(progress.SkippedObjects, "skipped"), (progress.DeletedObjects, "deleted"), (progress.FailedObjects, "failed")];
        var rest = string.Concat(others.Where(other => other.Count > 0).Select(other => string.Create(CultureInfo.InvariantCulture, $", {other.Count:N0} {other.Text}")));
        return string.Create(CultureInfo.InvariantCulture, $"{progress.CopiedObjects:N0} of {progress.FoundObjects:N0}{More(progress)} objects{rest}");
    }

    public static JsonObject Json(TransferProgress progress) => new()
    {
        ["type"] = "progress",
        ["seconds"] = Math.Round(progress.Elapsed.TotalSeconds, 1),
        ["foundObjects"] = progress.FoundObjects,
        ["foundBytes"] = progress.FoundBytes,
        ["listed"] = progress.IsListingDone,
        ["copied"] = progress.CopiedObjects,
        ["movedBytes"] = progress.MovedBytes,
        ["skipped"] = progress.SkippedObjects,
        ["deleted"] = progress.DeletedObjects,
        ["failed"] = progress.FailedObjects,
        ["bytesPerSecond"] = Math.Round(progress.BytesPerSecond),
        ["remainingSeconds"] = progress.Remaining is { } remaining ? Math.Round(remaining.TotalSeconds, 1) : null,
        ["concurrency"] = progress.Concurrency,
    };

    /// <summary>While lists still come in, there may be more.</summary>
    private static string More(TransferProgress progress) => progress.IsListingDone ? "" : "+";
}
