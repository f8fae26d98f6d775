namespace SkyCompat.Alibaba;

/// <summary>The rules for names of OSS buckets.</summary>
internal static class OssBucketName
{
    private const int MinLength = 3;
    private const int MaxLength = 63;

    /// <summary>What is wrong with a name; null if it is fine.</summary>
    public static string? Explain(string name)
    {
        if (name.Length is < MinLength or > MaxLength)
        {
            return $"A bucket name has {MinLength} to {MaxLength} characters, not {name.Length}.";
        }

        foreach (var character in name)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-')
            {
                return $"A bucket name of OSS has lower-case letters, digits and hyphens, not '{character}'.";
            }
        }

        return name[0] == '-' || name[^1] == '-' ? "A bucket name begins and ends with a letter or digit." : null;
    }
}
