namespace SkyCompat.Cli.Naming;

/// <summary>Finds what was probably meant.</summary>
internal static class Nearest
{
    /// <summary>A sentence to append when one choice is near; empty otherwise.</summary>
    public static string Hint(string text, IEnumerable<string> choices)
    {
        var nearest = choices.MinBy(choice => Distance(text, choice));
        return nearest is not null && Distance(text, nearest) <= Math.Max(1, text.Length / 3) ? $" Did you mean '{nearest}'?" : "";
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + change));
            }
        }

        return row[^1];
    }
}
