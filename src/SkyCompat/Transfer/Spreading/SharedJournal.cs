using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer.Spreading;

/// <summary>The journal of a transfer over a cluster: small JSON documents in the destination bucket, which the coordinator and its workers share.</summary>
internal sealed class SharedJournal(IBucket bucket, string id)
{
    public const string Plan = "plan";
    public const string Coordinator = "coordinator";
    public const string Shards = "shards/";
    public const string Claims = "claims/";
    public const string Results = "results/";
    public const string Extras = "extras/";
    public const string Failures = "failures/";
    public const string Signs = "signs/";

    private const int IdBytes = 8;

    private static readonly PutOptions Document = new() { Headers = new ContentHeaders { ContentType = "application/json" } };

    /// <summary>What the transfer is called: the same request on the same buckets has the same name, and so goes on with what was begun.</summary>
    public string Id => id;

    /// <summary>Where the journal is.</summary>
    public string Prefix => $"{ReservedKeys.Prefix}{id}/";

    public static string IdOf(TransferPlan plan) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(plan, SpreadJson.Default.TransferPlan)).AsSpan(0, IdBytes));

    /// <summary>The name of a document about a shard, such that they are listed by number.</summary>
    public static string NameOf(string folder, int number) => string.Create(CultureInfo.InvariantCulture, $"{folder}{number:D8}");

    /// <summary>The number of a shard in the name of a document about it.</summary>
    public static int NumberOf(string name) => int.Parse(name.AsSpan(name.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    public Task WriteAsync<T>(string name, T document, JsonTypeInfo<T> type, CancellationToken cancellationToken) => PutAsync(name, document, type, default, cancellationToken);

    /// <summary>Writes a document unless there is one, where the bucket can demand that.</summary>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> TryCreateAsync<T>(string name, T document, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            await PutAsync(name, document, type, WriteCondition.MustNotExist, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.AlreadyExists || exception.Reason is ObjectStorageErrorReasons.ConcurrentWrite)
        {
            return false;
        }
    }

    /// <summary>Replaces a document unless it is another meanwhile, where the bucket can demand that.</summary>
    /// <returns>Whether it was replaced.</returns>
    public async Task<bool> TryReplaceAsync<T>(string name, T document, JsonTypeInfo<T> type, VersionTag tag, CancellationToken cancellationToken)
    {
        try
        {
            await PutAsync(name, document, type, WriteCondition.MustMatch(tag), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.PreconditionFailed || exception.Reason is ObjectStorageErrorReasons.ConcurrentWrite)
        {
            return false;
        }
    }

    /// <summary>Reads a document with what the store says of it; null if there is none.</summary>
    /// <exception cref="CloudException">Unsupported: it is of another version.</exception>
    public async Task<JournalEntry<T>?> TryReadAsync<T>(string name, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var content = await bucket.GetAsync(Prefix + name, null, cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var document = await JsonSerializer.DeserializeAsync(content.AsStream(), type, cancellationToken).ConfigureAwait(false);
                return new JournalEntry<T>(document!, content.Info.Tag, content.Info.LastModified);
            }
        }
        catch (CloudException exception) when (exception.Reason is ObjectStorageErrorReasons.ObjectNotFound)
        {
            return null;
        }
        catch (JsonException exception)
        {
            throw new CloudException(
                CloudErrorCode.Unsupported, $"'{name}' of the transfer's journal is of another version: {exception.Message} Run coordinator and workers of one version, or delete '{Prefix}' to begin anew.", exception)
            {
                Resource = bucket.Name,
            };
        }
    }

    /// <summary>Which version of a document there is; null if there is none.</summary>
    public async Task<VersionTag?> TryGetTagAsync(string name, CancellationToken cancellationToken) =>
        (await bucket.TryGetInfoAsync(Prefix + name, cancellationToken: cancellationToken).ConfigureAwait(false))?.Tag;

    /// <summary>Lists documents: their names, with the folder, and tags.</summary>
    public IAsyncEnumerable<(string Name, VersionTag Tag)> ListAsync(string folder, CancellationToken cancellationToken) =>
        bucket.ListAsync(new ListOptions { Prefix = Prefix + folder }, cancellationToken).Select(entry => (entry.Key[Prefix.Length..], entry.Tag));

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => bucket.DeleteAsync(Prefix + name, null, cancellationToken);

    /// <summary>Removes documents.</summary>
    public Task ClearAsync(string folder, CancellationToken cancellationToken) => bucket.DeletePrefixAsync(Prefix + folder, cancellationToken);

    private Task<PutResult> PutAsync<T>(string name, T document, JsonTypeInfo<T> type, WriteCondition condition, CancellationToken cancellationToken) =>
        bucket.PutAsync(Prefix + name, JsonSerializer.SerializeToUtf8Bytes(document, type), Document with { Condition = condition }, cancellationToken);
}
