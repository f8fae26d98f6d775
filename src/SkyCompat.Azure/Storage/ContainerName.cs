namespace SkyCompat.Azure;

/// <summary>The rules for names of containers (Microsoft: "Naming and referencing containers, blobs, and metadata").</summary>
internal static class ContainerName
{
    private const int MinLength = 3;
    private const int MaxLength = 63;

    /// <summary>What is wrong with a name; null if it is fine.</summary>
    public static string? Explain(string name)
    {
        if (name is "$root" or "$web" or "$logs")
        {
            return null;
        }

        if (name.Length is < MinLength or > MaxLength)
        {
            return $"A container name has {MinLength} to {MaxLength} characters, not {name.Length}.";
        }

        foreach (var character in name)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-')
            {
                return $"A container name has lower-case letters, digits and hyphens, not '{character}'.";
            }
        }

        return name[0] == '-' || name[^1] == '-' || name.Contains("--", StringComparison.Ordinal) ? "A hyphen in a container name stands between letters or digits." : null;
    }
}
