namespace SkyCompat.Google;

/// <summary>Builds URLs that reach the wire exactly as they were written.</summary>
internal static class GoogleUrl
{
    // Without this .NET would resolve "." and ".." segments and decode "%2E", and so ask for another key.
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static Uri Create(string url) => new(url, Verbatim);

    /// <summary>Appends a query parameter.</summary>
    /// <param name="url">The URL so far.</param>
    /// <param name="separator">The question mark in front of the first, an ampersand in front of the others.</param>
    /// <param name="name">Its name, which needs no encoding.</param>
    /// <param name="value">Its value, not yet encoded.</param>
    public static void Append(ref TextBuilder url, ref char separator, string name, scoped ReadOnlySpan<char> value)
    {
        url.Append(separator);
        separator = '&';
        url.Append(name);
        url.Append('=');
        url.AppendEncoded(value, keepSlash: false);
    }

    /// <summary>Appends a query parameter unless its value is null or empty.</summary>
    public static void AppendOptional(ref TextBuilder url, ref char separator, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Append(ref url, ref separator, name, value);
        }
    }
}
