using System.Text;
using System.Text.RegularExpressions;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The pattern of <c>matchGlob</c>: <c>*</c> and <c>?</c> stop at slashes, <c>**</c> does not, <c>[a-z]</c> and <c>{a,b}</c> choose.</summary>
internal sealed class Glob
{
    private readonly Regex _regex;

    public Glob(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    i++;
                    if (i + 1 < pattern.Length && pattern[i + 1] == '/')
                    {
                        i++;
                        regex.Append("(?:.*/)?");
                        break;
                    }

                    regex.Append(".*");
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[' when pattern.IndexOf(']', i + 2 < pattern.Length ? i + 2 : i) is > 0 and var end:
                    var set = pattern[(i + 1)..end];
                    regex.Append('[').Append(set[0] is '!' or '^' ? "^" : "").Append(Regex.Escape(set.TrimStart('!', '^')).Replace("]", @"\]", StringComparison.Ordinal)).Append(']');
                    i = end;
                    break;
                case '{':
                    depth++;
                    regex.Append("(?:");
                    break;
                case '}' when depth > 0:
                    depth--;
                    regex.Append(')');
                    break;
                case ',' when depth > 0:
                    regex.Append('|');
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        try
        {
            _regex = new Regex(regex.Append(@"\z").ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            throw GcsError.InvalidParameter("matchGlob", $"Invalid glob '{pattern}'.");
        }
    }

    public bool IsMatch(string name) => _regex.IsMatch(name);
}
