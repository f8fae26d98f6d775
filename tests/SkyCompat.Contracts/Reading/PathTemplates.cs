using System.Text;
using System.Text.RegularExpressions;

namespace SkyCompat.Contracts.Reading;

/// <summary>Turns paths with variables into expressions over paths as sent.</summary>
internal static class PathTemplates
{
    /// <summary>Makes the expression; a variable is a group, and takes one segment unless it is said to take many.</summary>
    /// <param name="template">The path, its variables in braces; <c>{name+}</c> and <c>{+name}</c> take many segments.</param>
    /// <param name="ignoreCase">Whether the fixed parts match in any case.</param>
    /// <param name="takesMany">Names the other variables that take many segments.</param>
    /// <param name="slashMayFollow">Whether a slash at the end changes nothing.</param>
    public static Regex Compile(string template, bool ignoreCase = false, Func<string, bool>? takesMany = null, bool slashMayFollow = false)
    {
        var pattern = new StringBuilder("^");
        var at = 0;
        while (at < template.Length)
        {
            var open = template.IndexOf('{', at);
            if (open < 0)
            {
                pattern.Append(Regex.Escape(template[at..]));
                break;
            }

            pattern.Append(Regex.Escape(template[at..open]));
            var close = template.IndexOf('}', open);
            var name = template[(open + 1)..close];
            var many = name.StartsWith('+') || name.EndsWith('+');
            name = name.Trim('+', '*');
            many |= takesMany?.Invoke(name) == true;
            pattern.Append("(?<").Append(GroupOf(name)).Append(many ? ">.+)" : ">[^/]+)");
            at = close + 1;
        }

        pattern.Append(slashMayFollow ? "/?$" : "$");
        return new Regex(pattern.ToString(), RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None), TimeSpan.FromSeconds(5));
    }

    /// <summary>A variable's group: expressions allow fewer characters in names.</summary>
    public static string GroupOf(string name) => "p_" + string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    /// <summary>Splits <c>/path?key&amp;key=value</c>.</summary>
    public static (string Path, List<KeyValuePair<string, string?>> Keys) Split(string address)
    {
        var keys = new List<KeyValuePair<string, string?>>();
        var question = address.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
        {
            return (address, keys);
        }

        foreach (var part in address[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            keys.Add(equals < 0 ? new(part, null) : new(part[..equals], part[(equals + 1)..]));
        }

        return (address[..question], keys);
    }
}
