using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SkyCompat.Google;

/// <summary>Authorizes and sends requests to Compute Engine, one at a time and never again.</summary>
internal sealed class GceClient(GceContext context)
{
    private readonly GoogleRest _rest = new(context.Http, context.Tokens, context.Clock, context.Authority, nameof(GoogleOptions.ComputeEndpoint));

    public GceContext Context { get; } = context;

    /// <summary>Reads something.</summary>
    /// <param name="path">Its address below the project, encoded, with its query.</param>
    /// <param name="type">How to read it.</param>
    /// <param name="subject">What errors depend on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, GceSubject subject, CancellationToken cancellationToken)
        where T : class =>
        (await SendAsync(HttpMethod.Get, Below(path), null, type, subject, mayBeMissing: false, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Reads something; null if there is none.</summary>
    public Task<T?> TryGetAsync<T>(string path, JsonTypeInfo<T> type, GceSubject subject, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(HttpMethod.Get, Below(path), null, type, subject, mayBeMissing: true, cancellationToken);

    /// <summary>Reads something of any project, such as those that images are published in; null if there is none.</summary>
    public Task<T?> TryGetAnywhereAsync<T>(string projectPath, JsonTypeInfo<T> type, GceSubject subject, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(HttpMethod.Get, $"{Context.Root[..^"/projects".Length]}/{projectPath}", null, type, subject, mayBeMissing: true, cancellationToken);

    /// <summary>Asks for something to be made.</summary>
    public async Task<GceOperation> PostAsync<T>(string path, T body, JsonTypeInfo<T> type, GceSubject subject, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, Below(path), Content(body, type), GceJson.Default.GceOperation, subject, mayBeMissing: false, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Asks for something to be done.</summary>
    public async Task<GceOperation> PostAsync(string path, GceSubject subject, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, Below(path), null, GceJson.Default.GceOperation, subject, mayBeMissing: false, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Asks for something to be made otherwise than it is.</summary>
    public async Task<GceOperation> PutAsync<T>(string path, T body, JsonTypeInfo<T> type, GceSubject subject, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Put, Below(path), Content(body, type), GceJson.Default.GceOperation, subject, mayBeMissing: false, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Asks for something to be deleted; null if there is nothing.</summary>
    public Task<GceOperation?> TryDeleteAsync(string path, GceSubject subject, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, Below(path), null, GceJson.Default.GceOperation, subject, mayBeMissing: true, cancellationToken);

    private string Below(string path) => path.Length == 0 ? $"{Context.Root}/{Context.ProjectId}" : $"{Context.Root}/{Context.ProjectId}/{path}";

    private static ByteArrayContent Content<T>(T body, JsonTypeInfo<T> type) => GoogleRest.Content(JsonSerializer.SerializeToUtf8Bytes(body, type));

    private Task<T?> SendAsync<T>(HttpMethod method, string url, HttpContent? content, JsonTypeInfo<T> type, GceSubject subject, bool mayBeMissing, CancellationToken cancellationToken)
        where T : class =>
        _rest.SendAsync(method, url, content, type, (failure, isWrite) => GceErrors.Create(failure, subject, isWrite), mayBeMissing, cancellationToken);
}
