using System.Net;

namespace SkyCompat.S3;

/// <summary>The rules for names of buckets, as Amazon has them; the others accept at least these.</summary>
internal static class S3BucketName
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
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character is not ('-' or '.'))
            {
                return $"A bucket name has lower-case letters, digits, hyphens and dots, not '{character}'.";
            }
        }

        if (!char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]))
        {
            return "A bucket name begins and ends with a letter or digit.";
        }

        if (name.Contains("..", StringComparison.Ordinal) || name.Contains(".-", StringComparison.Ordinal) || name.Contains("-.", StringComparison.Ordinal))
        {
            return "A dot in a bucket name stands between letters or digits.";
        }

        return name.Contains('.', StringComparison.Ordinal) && IPAddress.TryParse(name, out _) ? "A bucket name does not look like an IP address." : null;
    }
}
