using Azure.Core;

namespace SkyCompat.Azure;

/// <summary>Entra ID tokens for one service, fetched when needed, kept, and renewed before they end.</summary>
internal sealed class TokenSource(TokenCredential credential, ServerClock clock, string scope) : IDisposable
{
    /// <summary>The scope of Blob Storage.</summary>
    public const string StorageScope = "https://storage.azure.com/.default";

    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(30);

    private readonly TokenRequestContext _scope = new([scope]);
    private readonly SemaphoreSlim _gate = new(1);
    private Held? _held;

    /// <summary>The value of the Authorization header.</summary>
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _held) is { } held && clock.Now < held.RenewAt ? ValueTask.FromResult(held.Header) : new ValueTask<string>(RenewAsync(cancellationToken));

    /// <summary>Drops a token that the service refused, so that the next is fetched anew.</summary>
    /// <param name="header">What <see cref="GetAsync"/> returned.</param>
    public void Forget(string header)
    {
        if (Volatile.Read(ref _held) is { } held && held.Header == header)
        {
            Interlocked.CompareExchange(ref _held, null, held);
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<string> RenewAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var held = _held;
            if (held is not null && clock.Now < held.RenewAt)
            {
                return held.Header;
            }

            try
            {
                var token = await credential.GetTokenAsync(_scope, cancellationToken).ConfigureAwait(false);
                _held = new Held($"Bearer {token.Token}", token.RefreshOn ?? token.ExpiresOn - RenewBefore, token.ExpiresOn);
                return _held.Header;
            }
            catch (Exception exception) when (TokenErrors.Explains(exception, cancellationToken))
            {
                // A sign-in that is down for a while does not end a token that is still good.
                return held is not null && clock.Now < held.EndsAt - LastMoment ? held.Header : throw TokenErrors.Create(exception);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed record Held(string Header, DateTimeOffset RenewAt, DateTimeOffset EndsAt);
}
