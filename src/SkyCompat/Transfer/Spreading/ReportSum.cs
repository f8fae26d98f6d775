namespace SkyCompat.Transfer.Spreading;

/// <summary>Adds up reports.</summary>
internal static class ReportSum
{
    private const int MaxFailures = 1_000;

    public static TransferReport Add(TransferReport left, TransferReport right) => new()
    {
        Copied = left.Copied + right.Copied,
        Skipped = left.Skipped + right.Skipped,
        Resumed = left.Resumed + right.Resumed,
        Deleted = left.Deleted + right.Deleted,
        Failed = left.Failed + right.Failed,
        Failures = [.. left.Failures.Concat(right.Failures).Take(MaxFailures)],
        Verified = Merge(left.Verified, right.Verified),
        Routes = Merge(left.Routes, right.Routes),
        Fallbacks = [.. left.Fallbacks.Concat(right.Fallbacks).GroupBy(fallback => fallback.Route, (_, same) => same.Aggregate((sum, next) => sum with { Objects = sum.Objects + next.Objects }))],
        Losses = [.. left.Losses.Union(right.Losses)],
        Cost = left.Cost + right.Cost,
        Elapsed = left.Elapsed + right.Elapsed,
        PeakBufferBytes = Math.Max(left.PeakBufferBytes, right.PeakBufferBytes),
    };

    private static Dictionary<TKey, long> Merge<TKey>(IReadOnlyDictionary<TKey, long> left, IReadOnlyDictionary<TKey, long> right)
        where TKey : notnull => left.Concat(right).GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.Sum(pair => pair.Value));
}
