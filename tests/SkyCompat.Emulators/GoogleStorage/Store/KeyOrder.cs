namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The order of object names: by their UTF-8 bytes, which for UTF-16 means that surrogates come after everything else.</summary>
internal sealed class KeyOrder : IComparer<string>
{
    public static readonly KeyOrder Instance = new();

    /// <summary>A string after every object name, since it is longer than one may be and of the greatest character.</summary>
    public static readonly string End = string.Concat(Enumerable.Repeat("\U0010FFFF", 260));

    public int Compare(string? x, string? y)
    {
        var common = x.AsSpan().CommonPrefixLength(y);
        if (common == x!.Length || common == y!.Length)
        {
            return x.Length.CompareTo(y!.Length);
        }

        var (left, right) = (x[common], y[common]);
        var leftIsHigh = char.IsSurrogate(left);
        return leftIsHigh == char.IsSurrogate(right) ? left.CompareTo(right) : leftIsHigh ? 1 : -1;
    }
}
