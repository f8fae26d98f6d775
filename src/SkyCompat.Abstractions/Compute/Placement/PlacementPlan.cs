using System.Globalization;
using System.Text;

namespace SkyCompat.Compute;

/// <summary>Which offers to try, in order, and why not the others.</summary>
/// <param name="Steps">The offers to try, the best first.</param>
/// <param name="Rejected">All others, each with its reason.</param>
public sealed record PlacementPlan(IReadOnlyList<PlacementStep> Steps, IReadOnlyList<RejectedOffer> Rejected)
{
    /// <summary>The clouds that could not be asked, with the error of each.</summary>
    public IReadOnlyDictionary<string, CloudException> Unreachable { get; init; } = new Dictionary<string, CloudException>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The decision as a table in text: what would be tried, what was ruled out how often and by what.</summary>
    /// <param name="maxSteps">How many offers are shown.</param>
    /// <returns>Several lines.</returns>
    public string Explain(int maxSteps = 10)
    {
        var text = new StringBuilder();
        string[] head = ["#", "cloud", "place", "type", "market", "$/h", "compute $", "egress $"];
        var rows = Steps.Take(maxSteps).Select((step, i) => (string[])
        [
            (i + 1).ToString(CultureInfo.InvariantCulture), step.Offer.Cloud, step.Offer.Location.ToString(), step.Offer.InstanceType, step.Offer.Market.ToString(),
            Money(step.Offer.HourlyPriceUsd), Money(step.ComputeUsd), Money(step.EgressUsd),
        ]).Prepend(head).ToList();
        var widths = Enumerable.Range(0, head.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            text.AppendJoin("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).Append('\n');
        }

        if (Steps.Count > maxSteps)
        {
            text.Append(CultureInfo.InvariantCulture, $"and {Steps.Count - maxSteps} more\n");
        }

        foreach (var (reason, count) in CountRejected())
        {
            text.Append(CultureInfo.InvariantCulture, $"ruled out: {count} by {reason}\n");
        }

        foreach (var (cloud, error) in Unreachable.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"could not be asked: {cloud}: {error.Message}\n");
        }

        return text.ToString();
    }

    /// <summary>How many offers each reason ruled out, the most first.</summary>
    /// <returns>Reasons with their details, and counts.</returns>
    public IReadOnlyList<(string Reason, int Count)> CountRejected() =>
        [.. Rejected.GroupBy(item => $"{item.Reason}: {item.Detail}", StringComparer.Ordinal).Select(group => (group.Key, Count: group.Count())).OrderByDescending(item => item.Count).ThenBy(item => item.Key, StringComparer.Ordinal)];

    private static string Money(decimal? amount) => amount?.ToString("0.####", CultureInfo.InvariantCulture) ?? "?";
}
