using System.Text;
using System.Xml;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Put Block, Put Block From URL, Put Block List and Get Block List, and what to do where blocks of somebody else are in the way.</summary>
internal sealed class BlockLists(AzureClient client, BlobReader reader, BlobTags tags, CopySources sources)
{
    private const string StaleBlocks = "InvalidBlobOrBlock";
    private const string MissingBlocks = "InvalidBlockList";

    /// <summary>Sends a block.</summary>
    public async Task PutAsync(string key, string blockId, UploadBody body, Checksum? checksum, CancellationToken cancellationToken)
    {
        var request = CreateBlockRequest(key, blockId, AzureSubject.Upload);
        request.Body = body;
        BlobChecksums.Add(request, checksum, client.Context.Options.UploadChecksum);
        await client.SendForStatusAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies bytes into a block, inside the service.</summary>
    /// <param name="key">The key of the blob that the block is for.</param>
    /// <param name="blockId">The block's id.</param>
    /// <param name="source">Where from.</param>
    /// <param name="range">Which bytes; null for all.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The checksum of the bytes, where the service tells it.</returns>
    public async Task<Checksum?> CopyAsync(string key, string blockId, CopySource source, ByteRange? range, CancellationToken cancellationToken)
    {
        var request = CreateBlockRequest(key, blockId, AzureSubject.Object);
        await sources.AddAsync(request, source, cancellationToken).ConfigureAwait(false);
        if (range is { } bytes)
        {
            request.AddHeader("x-ms-source-range", bytes.ToString());
        }

        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return BlobChecksums.Read(response.Headers);
    }

    /// <summary>Has the service read a block from anywhere: Put Block From URL.</summary>
    /// <returns>The checksum that the service computed.</returns>
    public async Task<Checksum?> PullAsync(string key, string blockId, Uri source, ByteRange range, CancellationToken cancellationToken)
    {
        var request = CreateBlockRequest(key, blockId, AzureSubject.Object);
        request.AddHeader("x-ms-copy-source", source.AbsoluteUri);
        request.AddHeader("x-ms-source-range", range.ToString());
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return BlobChecksums.Read(response.Headers);
    }

    /// <summary>Joins blocks that were sent to the blob's new content.</summary>
    /// <param name="key">The key.</param>
    /// <param name="blockIds">The ids, in order.</param>
    /// <param name="options">What is stored with it, and under which condition.</param>
    /// <param name="checksum">The checksum of the whole, to be kept.</param>
    /// <param name="committed">Whether the blocks are those of the content that is there already.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Tag and version.</returns>
    public async Task<PutResult> CommitAsync(string key, IEnumerable<string> blockIds, PutOptions options, Checksum? checksum, bool committed, CancellationToken cancellationToken)
    {
        var kind = committed ? "Committed" : "Uncommitted";
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        foreach (var id in blockIds)
        {
            // Base64 needs no escaping.
            xml.Append('<').Append(kind).Append('>').Append(id).Append("</").Append(kind).Append('>');
        }

        var body = new UploadBody(new(Encoding.UTF8.GetBytes(xml.Append("</BlockList>").ToString())));
        await using (body.ConfigureAwait(false))
        {
            var request = new AzureRequest(HttpMethod.Put, key) { IsWrite = true, IsCreation = true, Body = body, ContentType = "application/xml" };
            request.AddQuery("comp", "blocklist");
            BlobHeaders.Add(request, options, checksum);
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return BlobHeaders.ReadResult(response);
        }
    }

    /// <summary>Lists the blocks of a blob; null if there is neither a blob nor a block.</summary>
    public async Task<List<ListedBlock>?> TryListAsync(string key, bool committed, CancellationToken cancellationToken)
    {
        var request = new AzureRequest(HttpMethod.Get, key) { AcceptNotFound = true };
        request.AddQuery("comp", "blocklist");
        request.AddQuery("blocklisttype", committed ? "committed" : "uncommitted");
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        using var document = await client.ReadDocumentAsync(request, response, cancellationToken).ConfigureAwait(false);
        return document.Read(ReadBlocks);
    }

    /// <summary>Does something that sends the first block of an upload. If blocks of another tool, with ids of another length, refuse it, they are cleared away, and it is done once more.</summary>
    public async Task<T> WithoutStaleBlocksAsync<T>(string key, Func<Task<T>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.ProviderCode == StaleBlocks)
        {
            await ClearAsync(key, cancellationToken).ConfigureAwait(false);
        }

        return await send().ConfigureAwait(false);
    }

    /// <summary>Whether a commit was refused because a block is not there.</summary>
    public static bool IsMissingBlock(CloudException exception) => exception.ProviderCode == MissingBlocks;

    /// <summary>Explains why the blocks of a commit are gone: another write to the same key discarded them. A condition then speaks of what that write left.</summary>
    public async Task<CloudException> ExplainDiscardedAsync(string key, WriteCondition condition, CloudException otherwise, CancellationToken cancellationToken)
    {
        if (condition.Kind == WriteConditionKind.None)
        {
            return otherwise;
        }

        var info = await reader.TryGetInfoAsync(key, versionId: null, cancellationToken).ConfigureAwait(false);
        return (condition.Kind, info) switch
        {
            (WriteConditionKind.MustNotExist, not null) => new CloudException(CloudErrorCode.AlreadyExists, "An object has that key.") { Reason = ObjectStorageErrorReasons.ObjectExists },
            (WriteConditionKind.MustMatch, _) when info?.Tag != condition.Tag =>
                new CloudException(CloudErrorCode.PreconditionFailed, "The stored object is another one than the condition demands; read it and decide again."),
            _ => otherwise,
        };
    }

    private static AzureRequest CreateBlockRequest(string key, string blockId, AzureSubject subject)
    {
        var request = new AzureRequest(HttpMethod.Put, key) { IsWrite = true, IsCreation = true, Subject = subject };
        request.AddQuery("comp", "block");
        request.AddQuery("blockid", blockId);
        return request;
    }

    private static List<ListedBlock> ReadBlocks(XmlReader xml)
    {
        var blocks = new List<ListedBlock>();
        string? id = null;
        while (xml.ReadToElement())
        {
            if (xml.LocalName == "Name")
            {
                id = xml.ReadString();
            }
            else if (xml.LocalName == "Size" && id is not null)
            {
                blocks.Add(new ListedBlock(id, xml.ReadInteger()));
                id = null;
            }
        }

        return blocks;
    }

    /// <summary>Discards uncommitted blocks, for which the service has no request of its own: it does so when content is committed. So what is there is committed anew, unchanged but for its tag;
    /// where nothing is there, an empty blob is, and deleted at once.</summary>
    private async Task ClearAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            if (await reader.TryGetStoredAsync(key, versionId: null, tags, cancellationToken).ConfigureAwait(false) is not { } stored)
            {
                var empty = await CommitAsync(key, [], new PutOptions { Condition = WriteCondition.MustNotExist }, checksum: null, committed: false, cancellationToken).ConfigureAwait(false);
                await new BlobDeleter(client).DeleteAsync(key, new DeleteOptions { IfMatch = empty.Tag }, cancellationToken).ConfigureAwait(false);
                return;
            }

            var (info, ownTags) = stored;
            var same = new PutOptions { Headers = info.Headers, Metadata = info.Metadata, Tags = ownTags, Tier = info.Tier, Condition = WriteCondition.MustMatch(info.Tag) };
            var blocks = await TryListAsync(key, committed: true, cancellationToken).ConfigureAwait(false) ?? [];
            if (blocks.Sum(block => block.Size) == info.Size)
            {
                await CommitAsync(key, blocks.Select(block => block.Id), same, info.Checksum, committed: true, cancellationToken).ConfigureAwait(false);
            }
            else if (await TryListAsync(key, committed: false, cancellationToken).ConfigureAwait(false) is { Count: > 0 } stale)
            {
                // Content that was put whole has no blocks. It becomes one, whose id has the length that the stale ones demand.
                var id = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(Convert.FromBase64String(stale[0].Id).Length));
                await CopyAsync(key, id, new CopySource(sources.Bucket, key, VersionId: null, info.Tag), range: null, cancellationToken).ConfigureAwait(false);
                await CommitAsync(key, [id], same, info.Checksum, committed: false, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.AlreadyExists or CloudErrorCode.PreconditionFailed)
        {
            // Somebody else committed meanwhile, which cleared them as well.
        }
    }
}
