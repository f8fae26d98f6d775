namespace SkyCompat.ObjectStorage;

/// <summary>The order of keys: by UTF-8 bytes, as stores list them.</summary>
internal static class KeyOrder
{
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    /// <summary>Compares by code points, which is by UTF-8 bytes. UTF-16 order differs only where surrogates meet the characters above them.</summary>
    public static int Compare(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length - right.Length;
        }

        char a = left[common], b = right[common];
        return char.IsSurrogate(a) != char.IsSurrogate(b) ? (char.IsSurrogate(a) ? 1 : -1) : a - b;
    }
}
