using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>The filter of a list, as Google documents it: comparisons, joined by AND, by nothing or by OR, and <c>eq</c> and <c>ne</c> with expressions that match the whole.</summary>
internal static partial class GceFilter
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Whether a resource fits.</summary>
    public static bool Fits(string? filter, JsonObject resource)
    {
        if (string.IsNullOrWhiteSpace(filter))
        {
            return true;
        }

        var result = true;
        var isOr = false;
        var position = 0;
        while (position < filter.Length)
        {
            var match = Term().Match(filter, position);
            if (!match.Success)
            {
                throw GceError.Invalid("filter", filter, "Invalid list filter expression.");
            }

            position += match.Length;
            if (match.Groups["word"].Success)
            {
                isOr = match.Groups["word"].Value == "OR";
                continue;
            }

            var fits = Compare(Values(resource, match.Groups["field"].Value.Split('.')), match.Groups["op"].Value, match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["bare"].Value);
            result = isOr ? result || fits : result && fits;
            isOr = false;
        }

        return result;
    }

    private static IEnumerable<string> Values(JsonNode? node, string[] path)
    {
        switch (node)
        {
            case JsonObject found when path.Length > 0:
                return Values(found[path[0]], path[1..]);
            case JsonArray list:
                return list.SelectMany(item => Values(item, path));
            case JsonValue value when path.Length == 0:
                return [value.ToString()];
            default:
                return [];
        }
    }

    private static bool Compare(IEnumerable<string> values, string comparison, string wanted) => comparison switch
    {
        "=" => values.Any(value => value.Equals(wanted, StringComparison.OrdinalIgnoreCase)),
        "!=" => !values.Any(value => value.Equals(wanted, StringComparison.OrdinalIgnoreCase)),
        ":" when wanted == "*" => values.Any(),
        ":" => values.Any(value => value.Contains(wanted, StringComparison.OrdinalIgnoreCase)),
        "eq" => values.Any(value => Regex.IsMatch(value, $"^(?:{wanted})$", RegexOptions.NonBacktracking, Limit)),
        "ne" => !values.Any(value => Regex.IsMatch(value, $"^(?:{wanted})$", RegexOptions.NonBacktracking, Limit)),
        _ => values.Any(value => CompareNumbers(double.Parse(value, CultureInfo.InvariantCulture), comparison, double.Parse(wanted, CultureInfo.InvariantCulture))),
    };

    private static bool CompareNumbers(double value, string comparison, double wanted) => comparison switch
    {
        ">" => value > wanted,
        "<" => value < wanted,
        ">=" => value >= wanted,
        _ => value <= wanted,
    };

    [GeneratedRegex("""\G\s*(?:(?<word>AND|OR)(?=\s|\()|\(?\s*(?<field>[A-Za-z][\w.\-]*)\s*(?<op>>=|<=|!=|=|:|>|<|eq\b|ne\b)\s*(?:"(?<quoted>[^"]*)"|(?<bare>[^\s()"]+))\s*\)?)\s*""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Term();
}
