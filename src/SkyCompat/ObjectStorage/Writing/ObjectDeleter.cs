using System.Runtime.CompilerServices;

namespace SkyCompat.ObjectStorage;

/// <summary>Deletes objects, one or many.</summary>
internal sealed class ObjectDeleter(BucketContext bucket, WriteRequests requests)
{
    private const int SingleConcurrency = 16;

    public static DeleteOptions DefaultOptions { get; } = new();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<DeleteResult> DeleteAsync(string key, DeleteOptions options, CancellationToken cancellationToken)
    {
        var capabilities = await bucket.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        KeyRules.CheckExisting(key, capabilities);
        if (options.VersionId is not null)
        {
            bucket.Require(capabilities, BucketFeatures.Versions, "delete a version");
        }

        if (!options.IfMatch.IsEmpty)
        {
            bucket.Require(capabilities, BucketFeatures.DeleteIfMatch, "delete only an object with a given tag");
        }

        var call = bucket.NewCall("DeleteObject", key);
        try
        {
            return await bucket.Calls.SendAsync(
                call, (bucket.Driver, key, options), static (s, attempt) => s.Driver.DeleteAsync(s.key, s.options, attempt.Token), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (call.MayHaveTakenEffect && exception.Code is CloudErrorCode.PreconditionFailed)
        {
            // The reply to an earlier attempt was lost; if nothing is there now, it was that attempt that deleted it.
            return await requests.LookAfterLostReplyAsync(key, cancellationToken).ConfigureAwait(false) is null
                ? new DeleteResult(key, DeleteOutcome.Deleted)
                : throw exception.WithMayHaveTakenEffect();
        }
    }

    public async IAsyncEnumerable<DeleteResult> DeleteManyAsync(IAsyncEnumerable<string> keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var capabilities = await bucket.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        var batches = capabilities.Supports(BucketFeatures.BatchDelete);
        var size = batches ? capabilities.MaxBatchDelete : SingleConcurrency;
        var batch = new List<string>(size);
        await foreach (var key in keys.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(key);
            if (batch.Count == size)
            {
                foreach (var result in await DeleteBatchAsync(batch, batches, capabilities, cancellationToken).ConfigureAwait(false))
                {
                    yield return result;
                }

                batch.Clear();
            }
        }

        if (batch.Count > 0)
        {
            foreach (var result in await DeleteBatchAsync(batch, batches, capabilities, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    /// <summary>Deletes some keys, and returns a result for each in their order; keys that the provider refused for the moment are tried again by themselves.</summary>
    private async Task<DeleteResult[]> DeleteBatchAsync(List<string> keys, bool byOneRequest, BucketCapabilities capabilities, CancellationToken cancellationToken)
    {
        var results = new Dictionary<string, DeleteResult>(keys.Count, StringComparer.Ordinal);
        foreach (var key in keys)
        {
            results[key] = CheckKey(key, capabilities);
        }

        string[] open = [.. results.Values.Where(r => r.Error is null).Select(r => r.Key)];
        if (byOneRequest && open.Length > 0)
        {
            try
            {
                var deleted = await bucket.SendAsync(
                    "DeleteObjects", null, (bucket.Driver, open), static (s, attempt) => s.Driver.DeleteBatchAsync(s.open, attempt.Token), cancellationToken).ConfigureAwait(false);
                foreach (var result in deleted)
                {
                    results[result.Key] = result.Error is { } error
                        ? result with { Error = error.WithContext("DeleteObjects", $"{bucket.Name}/{result.Key}", bucket.Calls.Cloud.Provider) }
                        : result;
                }

                open = [.. open.Where(key => results[key].Error is { IsTransient: true })];
            }
            catch (CloudException exception)
            {
                foreach (var key in open)
                {
                    results[key] = new DeleteResult(key, DeleteOutcome.Failed, exception);
                }

                // The request was retried as a whole: a store that is down is not asked once more for every key.
                open = [];
            }
        }

        foreach (var chunk in open.Chunk(SingleConcurrency))
        {
            foreach (var result in await Task.WhenAll(chunk.Select(key => DeleteOneAsync(key, cancellationToken))).ConfigureAwait(false))
            {
                results[result.Key] = result;
            }
        }

        return [.. keys.Select(key => results[key])];
    }

    private async Task<DeleteResult> DeleteOneAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await DeleteAsync(key, DefaultOptions, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception)
        {
            return new DeleteResult(key, DeleteOutcome.Failed, exception);
        }
    }

    private static DeleteResult CheckKey(string key, BucketCapabilities capabilities)
    {
        try
        {
            KeyRules.CheckExisting(key, capabilities);
            return new DeleteResult(key, DeleteOutcome.Gone);
        }
        catch (CloudException exception)
        {
            return new DeleteResult(key, DeleteOutcome.Failed, exception);
        }
    }
}
