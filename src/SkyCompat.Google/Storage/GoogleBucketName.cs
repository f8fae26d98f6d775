using System.Net;

namespace SkyCompat.Google;

/// <summary>The rules for names of buckets.</summary>
internal static class GoogleBucketName
{
    private const int MinLength = 3;
    private const int MaxLabel = 63;
    private const int MaxLength = 222;

    /// <summary>What is wrong with a name; null if it is fine.</summary>
    public static string? Explain(string name)
    {
        var hasDots = name.Contains('.', StringComparison.Ordinal);
        var longest = hasDots ? MaxLength : MaxLabel;
        if (name.Length < MinLength || name.Length > longest)
        {
            return $"A bucket name has {MinLength} to {longest} characters, not {name.Length}.";
        }

        foreach (var character in name)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character is not ('-' or '_' or '.'))
            {
                return $"A bucket name has lower-case letters, digits, hyphens, underscores and dots, not '{character}'.";
            }
        }

        if (!char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]))
        {
            return "A bucket name begins and ends with a letter or digit.";
        }

        if (hasDots && name.Split('.').Any(label => label.Length is 0 or > MaxLabel || label[0] == '-' || label[^1] == '-'))
        {
            return $"Between the dots of a bucket name stand 1 to {MaxLabel} characters, with no hyphen at the ends.";
        }

        if (name.StartsWith("goog", StringComparison.Ordinal) || name.Contains("google", StringComparison.Ordinal))
        {
            return "A bucket name does not begin with 'goog' or hold 'google'.";
        }

        return hasDots && IPAddress.TryParse(name, out _) ? "A bucket name does not look like an IP address." : null;
    }
}
