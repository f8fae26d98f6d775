using SkyCompat.Drivers;

namespace SkyCompat.Clusters;

/// <summary>Keeps a credential until shortly before its end; callers that come meanwhile share one renewal.</summary>
internal sealed class RenewedCredentials(ClusterCalls calls, string name, ClusterEndpoint endpoint) : ClusterCredentials
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private ClusterCredential? _current;
    private Task<ClusterCredential>? _renewal;

    public override ValueTask<ClusterCredential> GetAsync(CancellationToken cancellationToken = default)
    {
        Task<ClusterCredential> renewal;
        lock (_lock)
        {
            if (_current is { } current && (current.ExpiresAt is not { } end || end - calls.Time.GetUtcNow() > Margin))
            {
                return ValueTask.FromResult(current);
            }

            renewal = _renewal ??= Task.Run(RenewAsync, CancellationToken.None);
        }

        return new ValueTask<ClusterCredential>(renewal.WaitAsync(cancellationToken));
    }

    public override void Invalidate(ClusterCredential refused)
    {
        lock (_lock)
        {
            _current = ReferenceEquals(_current, refused) ? null : _current;
        }
    }

    private async Task<ClusterCredential> RenewAsync()
    {
        ClusterCredential? renewed = null;
        try
        {
            renewed = await calls.SendAsync("GetClusterCredential", name, (driver, token) => driver.GetCredentialAsync(name, endpoint, token), CancellationToken.None).ConfigureAwait(false);
            return renewed;
        }
        finally
        {
            lock (_lock)
            {
                _current = renewed;
                _renewal = null;
            }
        }
    }
}
