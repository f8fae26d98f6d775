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
            // A bucket's own path has no slash at its end, save where it is the root.
            url.Append(address.Path.Length > 1 ? address.Path.AsSpan(0, address.Path.Length - 1) : address.Path);
            return;
        }

        url.Append(address.Path);
        url.AppendEncoded(key, keepSlash: true);
    }

    /// <summary>Appends a query whose parameters are ordered by name, which is also its canonical form.</summary>
    public static void AppendQuery(ref TextBuilder url, ReadOnlySpan<NameValue> query)
    {
        for (var i = 0; i < query.Length; i++)
        {
            url.Append(i == 0 ? '?' : '&');
            url.AppendEncoded(query[i].Name, keepSlash: false);
            url.Append('=');
            url.AppendEncoded(query[i].Value, keepSlash: false);
        }
    }
}
