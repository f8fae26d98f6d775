namespace SkyCompat.S3;

/// <summary>Builds URLs that reach the wire exactly as they were signed.</summary>
internal static class S3Url
{
    // Without this .NET would resolve "." and ".." segments and decode "%2E", and so ask for another key than was signed.
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static Uri Create(string url) => new(url, Verbatim);

    /// <summary>Appends the URL of an object, or of the bucket if the key is null.</summary>
    public static void Append(ref TextBuilder url, S3Address address, string? key)
    {
        url.Append(address.Origin);
        if (key is null)
        {
            url.Append(address.BucketPath);
            return;
        }

        url.Append(address.Path);
        url.AppendEncoded(key, keepSlash: true);
    }

    /// <summary>Appends a query whose parameters are ordered by name, which is also its canonical form.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="query">The parameters.</param>
    /// <param name="writesEmptyValues">Whether one without value has an equals sign.</param>
    public static void AppendQuery(ref TextBuilder url, ReadOnlySpan<NameValue> query, bool writesEmptyValues)
    {
        for (var i = 0; i < query.Length; i++)
        {
            url.Append(i == 0 ? '?' : '&');
            url.AppendEncoded(query[i].Name, keepSlash: false);
            if (writesEmptyValues || query[i].Value.Length > 0)
            {
                url.Append('=');
                url.AppendEncoded(query[i].Value, keepSlash: false);
            }
        }
    }
}
