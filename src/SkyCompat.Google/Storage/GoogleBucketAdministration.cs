using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Makes, deletes, finds and lists buckets.</summary>
internal sealed class GoogleBucketAdministration(GoogleClient client, GoogleVersioningStates states)
{
    private const string BucketFields = "name,location,timeCreated";

    public async Task CreateAsync(string name, CreateBucketOptions options, CancellationToken cancellationToken)
    {
        var project = await GetProjectAsync(cancellationToken).ConfigureAwait(false);
        using var body = new PooledBytes();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            if ((options.Region ?? client.Context.Location) is { Length: > 0 } location)
            {
                json.WriteString("location"u8, location);
            }

            json.WriteEndObject();
        }

        var content = new ByteArrayContent(body.Span.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var message = new HttpRequestMessage(HttpMethod.Post, GoogleUrl.Create($"{client.Endpoint.Buckets}?project={UriCharacters.Encode(project, keepSlash: false)}&fields=name")) { Content = content };
        try
        {
            await client.SendForStatusAsync(message, new RequestKind(GoogleSubject.NewBucket, GoogleCondition.None, IsWrite: true), cancellationToken).ConfigureAwait(false);
            states.Set(name, false);
        }
        catch (CloudException exception) when (exception.Reason == ObjectStorageErrorReasons.BucketExists)
        {
            // The store says the same of one's own bucket and of somebody else's.
            if (!await IsOwnAsync(name, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
        }
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await client.SendForStatusAsync(
            new HttpRequestMessage(HttpMethod.Delete, CreateUrl(name, null)), new RequestKind(GoogleSubject.Bucket, GoogleCondition.None, IsWrite: true), cancellationToken).ConfigureAwait(false);
        states.Forget(name);
    }

    public async Task<BucketInfo?> TryGetInfoAsync(string name, CancellationToken cancellationToken)
    {
        var kind = new RequestKind(GoogleSubject.Bucket) { AlsoAccepts = (int)HttpStatusCode.NotFound };
        using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, CreateUrl(name, BucketFields)), kind, cancellationToken).ConfigureAwait(false);
        using var document = await client.ReadDocumentAsync(response, kind, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            return ToInfo(document.ReadJson(GoogleJson.Default.BucketReply), name);
        }

        var error = client.CreateError(response, document, kind);
        return error.Reason == ObjectStorageErrorReasons.BucketNotFound ? null : throw error;
    }

    public async Task<BucketPage> ListAsync(ListBucketsOptions options, CancellationToken cancellationToken)
    {
        var page = await ReadPageAsync(options.Prefix, ListToken.Read(options.ContinuationToken), cancellationToken).ConfigureAwait(false);
        return new BucketPage([.. (page.Items ?? []).Select(bucket => ToInfo(bucket, bucket.Name ?? ""))], string.IsNullOrEmpty(page.NextPageToken) ? null : ListToken.Create(page.NextPageToken));
    }

    private static BucketInfo ToInfo(BucketReply bucket, string name) => new()
    {
        Name = bucket.Name ?? name,
        CreatedAt = bucket.TimeCreated,
        // Regions are told in capitals and written small everywhere else.
        Region = bucket.Location?.ToLowerInvariant(),
    };

    private async Task<bool> IsOwnAsync(string name, CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            var page = await ReadPageAsync(name, token, cancellationToken).ConfigureAwait(false);
            if (page.Items?.Exists(bucket => bucket.Name == name) == true)
            {
                return true;
            }

            token = page.NextPageToken;
        }
        while (!string.IsNullOrEmpty(token));

        return false;
    }

    private async Task<BucketListReply> ReadPageAsync(string? prefix, string? token, CancellationToken cancellationToken)
    {
        var project = await GetProjectAsync(cancellationToken).ConfigureAwait(false);
        using var document = await client.SendForDocumentAsync(
            new HttpRequestMessage(HttpMethod.Get, CreateListUrl(project, prefix, token)), new RequestKind(GoogleSubject.Bucket), cancellationToken).ConfigureAwait(false);
        return document.ReadJson(GoogleJson.Default.BucketListReply);
    }

    private Uri CreateUrl(string name, string? fields) =>
        GoogleUrl.Create($"{client.Endpoint.Buckets}/{UriCharacters.Encode(name, keepSlash: false)}{(fields is null ? "" : $"?fields={fields}")}");

    private Uri CreateListUrl(string project, string? prefix, string? token)
    {
        var url = new TextBuilder(stackalloc char[512]);
        try
        {
            url.Append(client.Endpoint.Buckets);
            url.Append("?fields=nextPageToken,items(name,location,timeCreated)");
            var separator = '&';
            GoogleUrl.Append(ref url, ref separator, "project", project);
            GoogleUrl.AppendOptional(ref url, ref separator, "prefix", prefix);
            GoogleUrl.AppendOptional(ref url, ref separator, "pageToken", token);
            return GoogleUrl.Create(url.ToString());
        }
        finally
        {
            url.Dispose();
        }
    }

    private async ValueTask<string> GetProjectAsync(CancellationToken cancellationToken) =>
        client.Context.ProjectId ?? await client.Context.Tokens.GetProjectIdAsync(cancellationToken).ConfigureAwait(false)
        ?? throw new CloudException(CloudErrorCode.InvalidArgument, "Buckets are made and listed in a project, and the credentials name none: set ProjectId.") { Scope = ErrorScope.Cloud };
}
