namespace SkyCompat.Aws;

/// <summary>A page of a list over several regions: the token names the region and what that region's service gave.</summary>
/// <param name="Region">The region.</param>
/// <param name="Token">Its service's own token; null for its first page.</param>
internal readonly record struct Ec2Page(string Region, string? Token)
{
    public static Ec2Page Parse(string? pageToken, IReadOnlyList<string> regions)
    {
        if (pageToken is null)
        {
            return new Ec2Page(regions[0], null);
        }

        var space = pageToken.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? new Ec2Page(pageToken, null) : new Ec2Page(pageToken[..space], pageToken[(space + 1)..]);
    }

    /// <summary>What asks for the page after this one.</summary>
    /// <param name="next">What the service said is next in the region.</param>
    /// <param name="regions">All regions.</param>
    public string? After(string? next, IReadOnlyList<string> regions)
    {
        if (!string.IsNullOrEmpty(next))
        {
            return $"{Region} {next}";
        }

        for (var i = 0; i < regions.Count - 1; i++)
        {
            if (regions[i] == Region)
            {
                return regions[i + 1];
            }
        }

        return null;
    }
}
