using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>The first of several places that has credentials. Temporary ones are fetched anew before they expire, by one request at a time.</summary>
/// <param name="places">Where to look, in order.</param>
/// <param name="time">The clock.</param>
#pragma warning disable CA1001 // A semaphore whose wait handle is never asked for holds nothing to free.
internal sealed class AlibabaCredentialSource(IReadOnlyList<CredentialPlace> places, TimeProvider time) : S3CredentialSource
#pragma warning restore CA1001
{
    /// <summary>How long before their end credentials are fetched anew.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>How long a failure to fetch anew is not repeated while the old ones are still good.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private volatile S3Credentials? _known;
    private long _retryAtTicks;

    public override ValueTask<S3Credentials> GetAsync(CancellationToken cancellationToken) =>
        _known is { } known && !IsDue(known) ? ValueTask.FromResult(known) : new ValueTask<S3Credentials>(FetchAsync(cancellationToken));

    private bool IsDue(S3Credentials credentials)
    {
        var now = time.GetUtcNow();
        return credentials.ExpiresAt is { } end && now > end - Margin && (now >= end || now.UtcTicks >= Volatile.Read(ref _retryAtTicks));
    }

    private async Task<S3Credentials> FetchAsync(CancellationToken cancellationToken)
    {
        await _fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_known is { } known && !IsDue(known))
            {
                return known;
            }

            return _known = await FindAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException) when (_known is { } old && old.ExpiresAt > time.GetUtcNow())
        {
            Volatile.Write(ref _retryAtTicks, (time.GetUtcNow() + Pause).UtcTicks);
            return old;
        }
        finally
        {
            _fetching.Release();
        }
    }

    private async Task<S3Credentials> FindAsync(CancellationToken cancellationToken)
    {
        var reasons = new List<string>(places.Count);
        foreach (var place in places)
        {
            var answer = await place.LookAsync(isNeeded: places.Count == 1 || _known is not null, cancellationToken).ConfigureAwait(false);
            if (answer.Credentials is { } found)
            {
                return found;
            }

            reasons.Add(answer.WhyNot!);
        }

        throw new CloudException(CloudErrorCode.Unauthenticated, $"No credentials: set AccessKeyId and AccessKeySecret, or mend one of these. {string.Join(' ', reasons)}") { Scope = ErrorScope.Cloud };
    }
}
