namespace SkyCompat.Google;

/// <summary>The requests of one bucket: where its objects are in the JSON and in the XML API.</summary>
internal sealed class GoogleBucketClient
{
    private const int UsualUrl = 512;

    private readonly GoogleVersioningStates _states;
    private readonly string _objects;
    private readonly string _xml;

    public GoogleBucketClient(GoogleClient client, string bucket, GoogleVersioningStates states)
    {
        Client = client;
        Bucket = bucket;
        _states = states;
        var name = UriCharacters.Encode(bucket, keepSlash: false);
        Resource = $"{client.Endpoint.Buckets}/{name}";
        ObjectPath = $"{client.Endpoint.Path}/storage/v1/b/{name}/o/";
        Uploads = $"{client.Endpoint.Root}/upload/storage/v1/b/{name}/o";
        SignedPath = $"{client.Endpoint.Path}/{name}/";
        _objects = $"{Resource}/o/";
        _xml = $"{client.Endpoint.Root}/{name}";
    }

    public GoogleClient Client { get; }

    public string Bucket { get; }

    /// <summary>The URL of the bucket in the JSON API.</summary>
    public string Resource { get; }

    /// <summary>The path of the collection of objects in the JSON API, with a slash at its end.</summary>
    public string ObjectPath { get; }

    /// <summary>The URL that uploads of the JSON API go to.</summary>
    public string Uploads { get; }

    /// <summary>The path of the bucket in signed URLs, with a slash at its end.</summary>
    public string SignedPath { get; }

    /// <summary>Whether the bucket is known to keep or to have kept versions, so that generations are told as version ids.</summary>
    public bool IsVersioned => _states.Find(Bucket) == true;

    /// <summary>The URL of an object in the JSON API.</summary>
    public string ObjectUrl(string key)
    {
        var url = new TextBuilder(stackalloc char[UsualUrl]);
        try
        {
            AppendObject(ref url, key);
            return url.ToString();
        }
        finally
        {
            url.Dispose();
        }
    }

    /// <summary>Appends the URL of an object in the JSON API.</summary>
    public void AppendObject(ref TextBuilder url, string key)
    {
        url.Append(_objects);
        url.AppendEncoded(key, keepSlash: false);
    }

    /// <summary>Appends the URL of an object, or of the bucket, in the XML API. The slashes of a key are encoded, so that nothing on the way takes its segments for folders.</summary>
    public void AppendXml(ref TextBuilder url, string? key)
    {
        url.Append(_xml);
        if (key is not null)
        {
            url.Append('/');
            url.AppendEncoded(key, keepSlash: false);
        }
    }
}
