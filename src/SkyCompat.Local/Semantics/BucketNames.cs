namespace SkyCompat.Local;

/// <summary>The bucket names that every large provider accepts, so that a name tried here can be had elsewhere.</summary>
internal static class BucketNames
{
    private const int MinLength = 3;
    private const int MaxLength = 63;

    public static string? Explain(string name)
    {
        if (name.Length is < MinLength or > MaxLength)
        {
            return $"A bucket name has {MinLength} to {MaxLength} characters; '{name}' has {name.Length}.";
        }

        foreach (var c in name)
        {
            if (!IsLetterOrDigit(c) && c is not ('-' or '.'))
            {
                return $"A bucket name has only lower-case letters a to z, digits, dots and hyphens; '{name}' has '{c}'.";
            }
        }

        return IsLetterOrDigit(name[0]) && IsLetterOrDigit(name[^1]) && !name.Contains("..", StringComparison.Ordinal)
            ? null
            : $"A bucket name begins and ends with a letter or digit and has no two dots in a row; '{name}' does not.";
    }

    private static bool IsLetterOrDigit(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9');
}
