namespace SkyCompat.Azure;

/// <summary>The Blob service's endpoint.</summary>
internal sealed class AzureEndpoint
{
    // Without this .NET would resolve "." and ".." segments and decode "%2E", and so ask for another key than was signed.
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public AzureEndpoint(Uri service, string account)
    {
        Service = service;
        Account = account;
        Origin = service.GetLeftPart(UriPartial.Authority);
        BasePath = service.AbsolutePath.TrimEnd('/');
    }

    public Uri Service { get; }

    public string Account { get; }

    /// <summary>Scheme, host and port.</summary>
    public string Origin { get; }

    /// <summary>What stands before the container in every path: nothing on Azure, the account on emulators.</summary>
    public string BasePath { get; }

    /// <summary>Host and port.</summary>
    public string Authority => Service.Authority;

    public static Uri CreateUri(string url) => new(url, Verbatim);

    /// <summary>Appends the path of a blob, of its container if the key is null, or of the account if the container is.</summary>
    public void AppendPath(ref TextBuilder url, string? container, string? key)
    {
        url.Append(BasePath);
        if (container is null)
        {
            url.Append('/');
            return;
        }

        url.Append('/');
        url.AppendEncoded(container, keepSlash: false);
        if (key is not null)
        {
            url.Append('/');
            url.AppendEncoded(key, keepSlash: true);
        }
    }

    /// <summary>The URL of a blob, followed by a query if there is one.</summary>
    public string UrlOf(string container, string key, string? query)
    {
        var url = new TextBuilder(stackalloc char[512]);
        try
        {
            url.Append(Origin);
            AppendPath(ref url, container, key);
            if (!string.IsNullOrEmpty(query))
            {
                url.Append('?');
                url.Append(query);
            }

            return url.ToString();
        }
        finally
        {
            url.Dispose();
        }
    }
}
