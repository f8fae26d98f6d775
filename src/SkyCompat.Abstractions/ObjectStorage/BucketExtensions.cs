using System.Runtime.CompilerServices;

namespace SkyCompat.ObjectStorage;

/// <summary>Short forms for <see cref="IBucket"/>. Their errors are those of the members they call.</summary>
public static class BucketExtensions
{
    private const int FileBufferBytes = 1 << 20;

    /// <summary>Looks an object up, or fails. One request.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Its properties.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: there is no such object.</exception>
    public static async Task<ObjectInfo> GetInfoAsync(this IBucket bucket, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        return await bucket.TryGetInfoAsync(key, null, cancellationToken).ConfigureAwait(false)
            ?? throw new CloudException(CloudErrorCode.NotFound, "There is no such object.")
            {
                Reason = ObjectStorageErrorReasons.ObjectNotFound,
                Operation = "GetObjectInfo",
                Resource = $"{bucket.Name}/{key}",
            };
    }

    /// <summary>Whether an object exists. One request.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>True if it exists.</returns>
    public static async Task<bool> ExistsAsync(this IBucket bucket, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        return await bucket.TryGetInfoAsync(key, null, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>Lists objects and common prefixes in ordinal UTF-8 order, fetching pages as they are needed. One request per page.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="options">Prefix, delimiter, start and page size; null for everything.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The entries.</returns>
    public static async IAsyncEnumerable<ListEntry> ListAsync(
        this IBucket bucket, ListOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        options ??= new ListOptions();
        while (true)
        {
            var page = await bucket.ListPageAsync(options, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }

            if (page.ContinuationToken is null)
            {
                yield break;
            }

            options = options with { ContinuationToken = page.ContinuationToken };
        }
    }

    /// <summary>Reads a small object whole. One request.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="options">As for <see cref="IBucket.GetAsync"/>.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The bytes.</returns>
    public static async Task<byte[]> GetBytesAsync(this IBucket bucket, string key, GetOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        var content = await bucket.GetAsync(key, options, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            return await content.ReadBytesAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a small object as UTF-8 text. One request.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The text.</returns>
    public static async Task<string> GetTextAsync(this IBucket bucket, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        var content = await bucket.GetAsync(key, null, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            return await content.ReadTextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes text as UTF-8 with content type <c>text/plain; charset=utf-8</c> unless the options name another. One request for up to 16 MiB.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="text">The text.</param>
    /// <param name="options">As for <see cref="IBucket.PutAsync"/>.</param>
    /// <param name="cancellationToken">Aborts the write.</param>
    /// <returns>What was stored.</returns>
    public static Task<PutResult> PutTextAsync(this IBucket bucket, string key, string text, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        options ??= new PutOptions { Headers = new ContentHeaders { ContentType = "text/plain; charset=utf-8" } };
        return bucket.PutAsync(key, ObjectBody.FromText(text), options, cancellationToken);
    }

    /// <summary>Uploads a file; parts of a large one are sent in parallel. Requests as for <see cref="IBucket.PutAsync"/>.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">As for <see cref="IBucket.PutAsync"/>.</param>
    /// <param name="cancellationToken">Aborts the upload.</param>
    /// <returns>What was stored.</returns>
    public static Task<PutResult> UploadFileAsync(this IBucket bucket, string key, string path, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        return bucket.PutAsync(key, ObjectBody.FromFile(path), options, cancellationToken);
    }

    /// <summary>Downloads an object to a file, with 4 ranges in flight unless the options say otherwise. The file appears whole or not at all: bytes go to a temporary
    /// neighbour first, which is removed on failure.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="path">The file; replaced if it exists. Its folder must exist.</param>
    /// <param name="options">As for <see cref="IBucket.GetAsync"/>.</param>
    /// <param name="cancellationToken">Aborts the download.</param>
    /// <returns>The object's properties.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task<ObjectInfo> DownloadFileAsync(this IBucket bucket, string key, string path, GetOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var content = await bucket.GetAsync(key, options ?? new GetOptions { Concurrency = 4 }, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            var temporary = $"{path}.{Guid.NewGuid():N}.part";
            try
            {
                var file = new FileStream(temporary, new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    BufferSize = 0,
                    Options = FileOptions.Asynchronous,
                    PreallocationSize = content.Length,
                });
                await using (file.ConfigureAwait(false))
                {
                    await content.AsStream().CopyToAsync(file, FileBufferBytes, cancellationToken).ConfigureAwait(false);
                }

                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }

            return content.Info;
        }
    }

    /// <summary>Deletes all objects whose keys start with a text. One request per page of the list and per batch of deletes.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">The text, such as <c>logs/</c>; not empty, so that nobody empties a bucket by an empty variable (use <see cref="IBucket.DeleteManyAsync"/> over a list for that).</param>
    /// <param name="cancellationToken">Stops; what is deleted stays deleted.</param>
    /// <returns>How many objects were deleted.</returns>
    /// <exception cref="CloudException">The first key that could not be deleted, after the others were tried.</exception>
    public static async Task<long> DeletePrefixAsync(this IBucket bucket, string prefix, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        CloudException? failure = null;
        long deleted = 0;
        await foreach (var result in bucket.DeleteManyAsync(KeysAsync(bucket, prefix, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            failure ??= result.Error;
            deleted += result.Outcome is DeleteOutcome.Failed ? 0 : 1;
        }

        return failure is null ? deleted : throw failure;

        static async IAsyncEnumerable<string> KeysAsync(IBucket bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var entry in bucket.ListAsync(new ListOptions { Prefix = prefix }, cancellationToken).ConfigureAwait(false))
            {
                yield return entry.Key;
            }
        }
    }

    /// <summary>Copies an object inside the bucket. Requests as for <see cref="IBucket.CopyAsync"/>.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="sourceKey">The key to copy.</param>
    /// <param name="key">The key of the copy.</param>
    /// <param name="options">As for <see cref="IBucket.CopyAsync"/>.</param>
    /// <param name="cancellationToken">Aborts the copy.</param>
    /// <returns>What was stored.</returns>
    public static Task<PutResult> CopyAsync(this IBucket bucket, string sourceKey, string key, CopyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        return bucket.CopyAsync(new ObjectReference(bucket, sourceKey), key, options, cancellationToken);
    }

    /// <summary>Replaces an object's headers, metadata and tags without sending its bytes. As many requests as a copy, plus one look-up; the tag changes.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="attributes">All new attributes; nothing is merged.</param>
    /// <param name="cancellationToken">Stops waiting; the attributes may have changed.</param>
    /// <returns>What was stored.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>; <see cref="CloudErrorCode.PreconditionFailed"/> if the object changed meanwhile, where the store can tell.</exception>
    public static async Task<PutResult> SetAttributesAsync(this IBucket bucket, string key, ObjectAttributes attributes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(attributes);
        var capabilities = await bucket.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        var info = await bucket.GetInfoAsync(key, cancellationToken).ConfigureAwait(false);
        var options = new CopyOptions
        {
            Attributes = attributes,
            Tier = info.Tier,
            SourceIfMatch = capabilities.Supports(BucketFeatures.CopySourceIfMatch) ? info.Tag : default,
        };
        return await bucket.CopyAsync(new ObjectReference(bucket, key), key, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Renames an object: a copy, then a delete of the source. Not atomic: after a failure both keys may exist, and never none.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="sourceKey">The key to rename.</param>
    /// <param name="key">The new key.</param>
    /// <param name="options">As for <see cref="IBucket.CopyAsync"/>.</param>
    /// <param name="cancellationToken">Aborts; both keys may then exist.</param>
    /// <returns>What was stored.</returns>
    public static async Task<PutResult> MoveAsync(this IBucket bucket, string sourceKey, string key, CopyOptions? options = null, CancellationToken cancellationToken = default)
    {
        var result = await bucket.CopyAsync(sourceKey, key, options, cancellationToken).ConfigureAwait(false);
        await bucket.DeleteAsync(sourceKey, null, cancellationToken).ConfigureAwait(false);
        return result;
    }
}
