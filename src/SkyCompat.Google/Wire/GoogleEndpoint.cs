namespace SkyCompat.Google;

/// <summary>Where the store and the services around it are.</summary>
internal sealed class GoogleEndpoint
{
    public const string Default = "https://storage.googleapis.com";
    public const string DefaultIam = "https://iamcredentials.googleapis.com";

    /// <param name="store">The store's URL.</param>
    /// <param name="iam">The URL of the IAM Service Account Credentials API.</param>
    public GoogleEndpoint(string store, string iam)
    {
        var uri = new Uri(store);
        Authority = uri.Authority;
        Scheme = uri.Scheme;
        Path = uri.AbsolutePath.TrimEnd('/');
        Root = $"{uri.Scheme}://{uri.Authority}{Path}";
        Iam = iam.TrimEnd('/');
    }

    /// <summary>Host and port.</summary>
    public string Authority { get; }

    public string Scheme { get; }

    /// <summary>What stands in front of every path; empty at Google.</summary>
    public string Path { get; }

    /// <summary>The URL without a slash at its end, where the XML API is.</summary>
    public string Root { get; }

    public string Iam { get; }

    /// <summary>The collection of buckets in the JSON API.</summary>
    public string Buckets => $"{Root}/storage/v1/b";

    /// <summary>Where several requests are sent as one.</summary>
    public string Batch => $"{Root}/batch/storage/v1";
}
