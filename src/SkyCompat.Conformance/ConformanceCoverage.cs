using System.Globalization;
using System.Text;

namespace SkyCompat.Conformance;

/// <summary>The numbered reference list of promises, each with its place of proof: made so that nothing is forgotten.</summary>
public static class ConformanceCoverage
{
    private const int MaxNamesOfGroup = 3;

    /// <summary>The promises by number.</summary>
    public static IReadOnlyList<ConformancePromise> Promises { get; } = Collect();

    /// <summary>What is wrong with the suites themselves: ids that are not unique, numbers without a proof.</summary>
    /// <returns>The complaints; empty if there are none.</returns>
    public static IReadOnlyList<string> FindProblems()
    {
        var cases = ConformanceSuites.All.SelectMany(suite => suite.Cases).ToList();
        return
        [
            .. cases.GroupBy(item => item.Id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"The id '{group.Key}' is not unique."),
            .. cases.Where(item => item.Id.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '+'))).Select(item => $"The id '{item.Id}' has other characters than a-z, 0-9, '.', '-' and '+'."),
            .. cases.SelectMany(item => item.Numbers.Where(number => number < 1 || number > Promises.Count).Select(number => $"'{item.Id}' names the promise {number}, which there is not.")),
            .. Promises.Where(promise => !promise.IsProven).Select(promise => $"Promise {promise.Number} has no proof: {promise.Text}."),
            .. FeatureTable.Features.Where(feature => !cases.Exists(item => ((item.Requires | item.Shows) & feature) == feature)).Select(feature => $"No case requires or shows {feature}."),
        ];
    }

    /// <summary>The table of the docs.</summary>
    /// <returns>Markdown.</returns>
    public static string ToMarkdown()
    {
        var table = new StringBuilder("| No. | Promise | Cases | Elsewhere |\n| ---: | --- | --- | --- |\n");
        foreach (var promise in Promises)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {promise.Number} | {promise.Text} |");
            var names = string.Join(", ", promise.Cases.Select(item => item.Id).GroupBy(Stem, StringComparer.Ordinal).SelectMany(Names));
            table.Append(names.Length == 0 ? "" : " ").Append(names).Append(" |");
            table.Append(promise.Elsewhere is null ? "" : " ").Append(promise.Elsewhere).Append(" |\n");
        }

        return table.ToString();
    }

    private static string Stem(string id) => id.LastIndexOf('.') is > 0 and var dot ? id[..dot] : id;

    private static IEnumerable<string> Names(IGrouping<string, string> group) =>
        group.Count() <= MaxNamesOfGroup ? group.Select(id => $"`{id}`") : [string.Create(CultureInfo.InvariantCulture, $"`{group.Key}.*` ({group.Count()})")];

    private static List<ConformancePromise> Collect()
    {
        var cases = ConformanceSuites.All.SelectMany(suite => suite.Cases).ToList();
        return [.. ConformancePromises.All.Select((promise, i) => new ConformancePromise(i + 1, promise.Text, [.. cases.Where(item => item.Numbers.Contains(i + 1))], promise.Elsewhere))];
    }
}
