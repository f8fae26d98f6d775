namespace SkyCompat.Http;

/// <summary>A header or query parameter.</summary>
internal readonly record struct NameValue(string Name, string Value)
{
    /// <summary>Orders a handful of pairs by name, in place and without allocating.</summary>
    public static void Sort(Span<NameValue> pairs)
    {
        for (var i = 1; i < pairs.Length; i++)
        {
            var pair = pairs[i];
            var at = i;
            while (at > 0 && string.CompareOrdinal(pairs[at - 1].Name, pair.Name) > 0)
            {
                pairs[at] = pairs[at - 1];
                at--;
            }

            pairs[at] = pair;
        }
    }
}
