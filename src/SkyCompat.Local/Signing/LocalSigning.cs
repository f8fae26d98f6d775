using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Signing of one store: its secret, and the endpoint that serves what was signed. Both come into being at their first use.</summary>
internal sealed class LocalSigning : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly LocalStorageDriver _storage;
    private readonly LocalOptions _options;
    private readonly TimeProvider _time;
    private RequestSigner? _signer;
    private LoopbackEndpoint? _endpoint;
    private bool _disposed;

    public LocalSigning(LocalStorageDriver storage, LocalOptions options, TimeProvider time)
    {
        _storage = storage;
        _options = options;
        _time = time;
        Handler = new SignedRequestHandler(storage, GetSignerAsync, time);
    }

    public SignedRequestHandler Handler { get; }

    public async Task<SignedRequest> SignAsync(string bucket, string key, SignOptions options, CancellationToken cancellationToken)
    {
        var signer = await GetSignerAsync(cancellationToken).ConfigureAwait(false);
        var baseUrl = _options.PublicBaseUrl ?? await StartEndpointAsync(cancellationToken).ConfigureAwait(false);

        var expires = (_time.GetUtcNow() + options.Lifetime).ToUnixTimeMilliseconds();
        var contentType = options.Method == SignedMethod.Put ? options.ContentType : null;
        var terms = new SignedTerms
        {
            Method = options.Method.ToString().ToUpperInvariant(),
            Bucket = bucket,
            Key = key,
            Expires = expires,
            VersionId = options.VersionId,
            ContentType = contentType,
            ResponseHeaders = options.ResponseHeaders,
        };
        var url = new UriBuilder(baseUrl) { Query = signer.ToQuery(terms) }.Uri;
        var required = contentType is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = contentType };
        return new SignedRequest(terms.Method, url, DateTimeOffset.FromUnixTimeMilliseconds(expires), required);
    }

    /// <summary>Opens the port, if it is not open.</summary>
    /// <returns>Where it listens.</returns>
    public async Task<Uri> StartEndpointAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return (_endpoint ??= LoopbackEndpoint.Start(_options.EndpointPort, Handler)).BaseUrl;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        _disposed = true;
        if (_endpoint is not null)
        {
            await _endpoint.DisposeAsync().ConfigureAwait(false);
        }

        _gate.Release();
    }

    private async ValueTask<RequestSigner> GetSignerAsync(CancellationToken cancellationToken)
    {
        if (_signer is null)
        {
            // Opening makes the root folder. Two threads may both get here; they read the same secret.
            await _storage.OpenAsync(cancellationToken).ConfigureAwait(false);
            _signer = new RequestSigner(SigningSecret.ReadOrCreate(_storage.Root));
        }

        return _signer;
    }
}
