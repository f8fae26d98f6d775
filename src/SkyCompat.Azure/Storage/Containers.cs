using System.Net;
using System.Xml;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Creates, deletes, finds and lists containers.</summary>
internal sealed class Containers(AzureContext context)
{
    public async Task CreateAsync(string name, CreateBucketOptions options, CancellationToken cancellationToken)
    {
        if (options.Region is { Length: > 0 } region && !region.Equals(context.Region, StringComparison.OrdinalIgnoreCase))
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"A container is in its account's region{(context.Region is null ? "" : $", {context.Region}")}; for '{region}', configure an account there.");
        }

        try
        {
            await new AzureClient(context, name).SendForStatusAsync(CreateRequest(HttpMethod.Put, isWrite: true), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Reason == ObjectStorageErrorReasons.BucketExists)
        {
            // That is what was asked for.
        }
    }

    /// <summary>Deletes a container that holds nothing. The service would delete a full one too, so it is looked into first.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var client = new AzureClient(context, name);
        string? marker = null;
        do
        {
            var request = BlobLister.CreateRequest(client, prefix: null, marker, pageSize: 1, include: context.Options.VersioningEnabled ? "versions" : null);
            (var blobs, marker) = await BlobLister.SendAsync(client, request, cancellationToken).ConfigureAwait(false);
            if (blobs.Count > 0)
            {
                throw new CloudException(CloudErrorCode.Conflict, "The container still holds objects or versions: delete them first.") { Reason = ObjectStorageErrorReasons.BucketNotEmpty };
            }
        }
        while (marker is not null);

        await client.SendForStatusAsync(CreateRequest(HttpMethod.Delete, isWrite: true), cancellationToken).ConfigureAwait(false);
    }

    public async Task<BucketInfo?> TryGetInfoAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await new AzureClient(context, name).SendForStatusAsync(CreateRequest(HttpMethod.Get, isWrite: false), cancellationToken).ConfigureAwait(false);
            return new BucketInfo { Name = name, Region = context.Region };
        }
        catch (CloudException exception) when (exception is { StatusCode: (int)HttpStatusCode.NotFound, Reason: ObjectStorageErrorReasons.BucketNotFound })
        {
            return null;
        }
    }

    public async Task<BucketPage> ListAsync(ListBucketsOptions options, CancellationToken cancellationToken)
    {
        var client = new AzureClient(context, container: null);
        var request = new AzureRequest(HttpMethod.Get) { IsAboutAccount = true, Subject = AzureSubject.Container };
        request.AddQuery("comp", "list");
        if (!string.IsNullOrEmpty(options.Prefix))
        {
            request.AddQuery("prefix", options.Prefix);
        }

        if (ListToken.Read(options.ContinuationToken) is { } marker)
        {
            request.AddQuery("marker", marker);
        }

        using var document = await client.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
        var (names, next) = document.Read(ReadPage);
        names.Sort(string.CompareOrdinal);
        return new BucketPage([.. names.Select(name => new BucketInfo { Name = name, Region = context.Region })], ListToken.Create(next, options.ContinuationToken));
    }

    private static AzureRequest CreateRequest(HttpMethod method, bool isWrite)
    {
        var request = new AzureRequest(method) { Subject = AzureSubject.Container, IsWrite = isWrite };
        request.AddQuery("restype", "container");
        return request;
    }

    private static (List<string> Names, string? NextMarker) ReadPage(XmlReader xml)
    {
        var names = new List<string>();
        string? next = null;
        while (xml.ReadToElement())
        {
            switch (xml.LocalName)
            {
                case "Name":
                    names.Add(xml.ReadString());
                    break;
                case "NextMarker":
                    next = xml.ReadString();
                    break;
            }
        }

        return (names, string.IsNullOrEmpty(next) ? null : next);
    }
}
