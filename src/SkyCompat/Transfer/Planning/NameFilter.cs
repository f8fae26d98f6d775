using System.Text;
using System.Text.RegularExpressions;

namespace SkyCompat.Transfer.Planning;

/// <summary>A filter made ready: its patterns as expressions that cannot backtrack.</summary>
internal sealed class NameFilter
{
    private readonly TransferFilter _filter;
    private readonly Pattern[] _include;
    private readonly Pattern[] _exclude;

    public NameFilter(TransferFilter filter)
    {
        _filter = filter;
        _include = [.. filter.Include.Select(Pattern.Parse)];
        _exclude = [.. filter.Exclude.Select(Pattern.Parse)];
        if (filter.MinBytes is < 0 || filter.MaxBytes is < 0 || filter.MinBytes > filter.MaxBytes)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, $"MinBytes and MaxBytes are at least 0 and in this order, not {filter.MinBytes} and {filter.MaxBytes}.");
        }

        if (filter.ModifiedSince >= filter.ModifiedBefore)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, "ModifiedSince must be earlier than ModifiedBefore, or nothing can match.");
        }
    }

    /// <summary>Whether an object of the source takes part.</summary>
    public bool Matches(string name, long size, DateTimeOffset modified) =>
        MatchesName(name)
        && !(size < _filter.MinBytes)
        && !(size > _filter.MaxBytes)
        && !(modified < _filter.ModifiedSince)
        && !(modified >= _filter.ModifiedBefore);

    /// <summary>Whether a name takes part: what decides of the destination's objects, whose size and age are not the source's.</summary>
    public bool MatchesName(string name) =>
        (_include.Length == 0 || Array.Exists(_include, pattern => pattern.Matches(name))) && !Array.Exists(_exclude, pattern => pattern.Matches(name));

    private sealed class Pattern(Regex expression, bool matchesLastSegment)
    {
        public static Pattern Parse(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            var expression = new StringBuilder("^");
            var depth = 0;
            for (var i = 0; i < text.Length; i++)
            {
                switch (text[i])
                {
                    case '*' when i + 1 < text.Length && text[i + 1] == '*':
                        // "**/" also stands for no folder at all.
                        i += i + 2 < text.Length && text[i + 2] == '/' ? 2 : 1;
                        expression.Append(text[i] == '/' ? "(?:.*/)?" : ".*");
                        break;
                    case '*':
                        expression.Append("[^/]*");
                        break;
                    case '?':
                        expression.Append("[^/]");
                        break;
                    case '[':
                        i = AppendSet(expression, text, i);
                        break;
                    case '{':
                        depth++;
                        expression.Append("(?:");
                        break;
                    case '}' when depth > 0:
                        depth--;
                        expression.Append(')');
                        break;
                    case ',' when depth > 0:
                        expression.Append('|');
                        break;
                    case '\\' when i + 1 < text.Length:
                        expression.Append(Regex.Escape(text[++i].ToString()));
                        break;
                    case '\\':
                        throw Invalid(text, "ends in a backslash");
                    case var other:
                        expression.Append(Regex.Escape(other.ToString()));
                        break;
                }
            }

            if (depth > 0)
            {
                throw Invalid(text, "has a brace that is not closed");
            }

            try
            {
                var regex = new Regex(expression.Append('$').ToString(), RegexOptions.NonBacktracking | RegexOptions.Singleline, Regex.InfiniteMatchTimeout);
                return new Pattern(regex, !text.Contains('/', StringComparison.Ordinal));
            }
            catch (RegexParseException)
            {
                throw Invalid(text, "has a set whose range runs backwards");
            }
        }

        public bool Matches(string name) => expression.IsMatch(matchesLastSegment ? name.AsSpan(name.LastIndexOf('/') + 1) : name);

        private static int AppendSet(StringBuilder expression, string text, int start)
        {
            var first = start + 1;
            var negated = first < text.Length && text[first] is '!' or '^';
            first += negated ? 1 : 0;

            // A bracket that stands first is one of the set.
            var end = first < text.Length ? text.IndexOf(']', first + 1) : -1;
            if (end < 0)
            {
                throw Invalid(text, "has a bracket that is not closed");
            }

            expression.Append(negated ? "[^/" : "[");
            foreach (var c in text.AsSpan(first, end - first))
            {
                expression.Append(c is '\\' or '[' or ']' or '^' ? "\\" : "").Append(c);
            }

            expression.Append(']');
            return end;
        }

        private static CloudException Invalid(string text, string problem) => new(CloudErrorCode.InvalidArgument, $"The pattern '{text}' {problem}.");
    }
}
