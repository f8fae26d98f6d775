using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Globalization;
using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance;

/// <summary>What an adapter supplies so that the cases can be run against it: its storage, through the public interfaces, as an application gets it.</summary>
/// <remarks>
/// The cloud behind <see cref="Storage"/> must take verbatim keys (the engine's <c>KeyPolicy</c> is <c>Verbatim</c>), because the odd keys are part of the contract.
/// Most cases share one bucket under prefixes of their own; cases that change a bucket's settings make buckets of their own. All are emptied and deleted when the harness is disposed.
/// Safe for use by many threads once initialized.
/// </remarks>
public abstract class ConformanceHarness : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<object>>> _shared = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<IBucket> _buckets = new();
    private readonly string _run = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..12];
    private readonly Lazy<HttpMessageInvoker> _http = new(() => new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }));
    private int _cases;

    /// <summary>The name of the row in the provider × feature table, such as <c>Amazon S3</c> or <c>Ceph 20</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>The storage under test, with verbatim keys.</summary>
    public abstract IObjectStorage Storage { get; }

    /// <summary>The same storage under the default key policy, which refuses keys that some cloud cannot hold; null leaves the cases about it out.</summary>
    public virtual IObjectStorage? PortableStorage => null;

    /// <summary>The same storage with a clock (<see cref="TimeProvider"/>) that is two hours late, so that a signed request is born expired; null leaves the cases about expiry out.</summary>
    public virtual IObjectStorage? BackdatedStorage => null;

    /// <summary>The storage of another cloud, for copies between clouds; null leaves them to a stand-in that hides the bucket's identity.</summary>
    public virtual IObjectStorage? ForeignStorage => null;

    /// <summary>An existing bucket to be used for everything, where buckets cannot be made. It is emptied. Cases that need a bucket of their own are then skipped.</summary>
    public virtual string? FixedBucketName => null;

    /// <summary>What sends signed requests: a bare client that knows nothing of the provider.</summary>
    public virtual HttpMessageInvoker Http => _http.Value;

    /// <summary>Known deviations of the server, documented with a reason: case id, or its beginning and a trailing <c>*</c>, to reason. They are reported as skips.</summary>
    public virtual IReadOnlyDictionary<string, string> Quirks => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Texts that must never be seen in errors and telemetry, such as the secret key.</summary>
    public virtual IReadOnlyCollection<string> Secrets => [];

    /// <summary>Whether a server that is not there is a failure rather than a reason to skip.</summary>
    /// <value>Default: true where the environment says <c>CI=true</c>.</value>
    public virtual bool MustBeAvailable => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>How much work the cases do.</summary>
    public virtual ConformanceScale Scale { get; } = new();

    /// <summary>Prepares the harness: starts what must run and builds the services. Called once, before anything else but <see cref="UnavailableReasonAsync"/>.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A task that ends when <see cref="Storage"/> can be used.</returns>
    public virtual ValueTask InitializeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Says why the server cannot be reached here, such as that it is not installed. All cases are then skipped with that reason, or fail if <see cref="MustBeAvailable"/>.</summary>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>The reason; null if it can be reached.</returns>
    public virtual ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <summary>Wraps a bucket so that all keys get a prefix.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">The prefix.</param>
    /// <returns>The wrapper; null leaves the cases about it out.</returns>
    public virtual IBucket? WithPrefix(IBucket bucket, string prefix) => null;

    /// <summary>Wraps a bucket so that it takes no writes.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <returns>The wrapper; null leaves the cases about it out.</returns>
    public virtual IBucket? AsReadOnly(IBucket bucket) => null;

    /// <summary>The bucket that most cases share.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The bucket; it exists.</returns>
    public async ValueTask<IBucket> GetBucketAsync(CancellationToken cancellationToken) =>
        (IBucket)await ShareAsync("bucket", () => MakeBucketAsync(FixedBucketName)).WaitAsync(cancellationToken);

    /// <summary>Makes a bucket for one case.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The bucket; it exists and is empty.</returns>
    /// <exception cref="ConformanceSkipException">Buckets cannot be made here.</exception>
    public async ValueTask<IBucket> NewBucketAsync(CancellationToken cancellationToken)
    {
        if (FixedBucketName is { } name)
        {
            throw new ConformanceSkipException($"It needs a bucket of its own, and there is only '{name}'.");
        }

        return (IBucket)await MakeBucketAsync(null).WaitAsync(cancellationToken);
    }

    /// <summary>A bucket name that is not used yet, deleted with the harness if the case makes the bucket.</summary>
    /// <returns>The name.</returns>
    public string NewBucketName()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"sky-{_run}-{Interlocked.Increment(ref _cases)}");
        _buckets.Enqueue(Storage.GetBucket(name));
        return name;
    }

    /// <summary>Empties and deletes the buckets and frees what the harness holds.</summary>
    /// <returns>A task that ends when it is done.</returns>
    public async ValueTask DisposeAsync()
    {
        while (_buckets.TryDequeue(out var bucket))
        {
            await BucketSweeper.RemoveAsync(Storage, bucket, keepBucket: string.Equals(bucket.Name, FixedBucketName, StringComparison.Ordinal));
        }

        await DisposeAsyncCore();
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A prefix that no other run of any case uses.</summary>
    internal string NextPrefix(string caseId) => string.Create(CultureInfo.InvariantCulture, $"{caseId}-{Interlocked.Increment(ref _cases)}/");

    /// <summary>The reason of the known deviation that a case falls under; null if there is none.</summary>
    internal string? FindQuirk(string caseId) =>
        Quirks.TryGetValue(caseId, out var reason)
            ? reason
            : Quirks.FirstOrDefault(quirk => quirk.Key.EndsWith('*') && caseId.StartsWith(quirk.Key[..^1], StringComparison.Ordinal)).Value;

    /// <summary>What several cases share, made at the first use.</summary>
    internal Task<object> ShareAsync(string name, Func<Task<object>> make) => _shared.GetOrAdd(name, _ => new Lazy<Task<object>>(make)).Value;

    /// <summary>Frees what the adapter's harness holds, after the buckets are gone.</summary>
    /// <returns>A task that ends when it is done.</returns>
    protected virtual ValueTask DisposeAsyncCore() => ValueTask.CompletedTask;

    private async Task<object> MakeBucketAsync(string? existing)
    {
        if (existing is not null)
        {
            var bucket = Storage.GetBucket(existing);
            _buckets.Enqueue(bucket);
            return bucket;
        }

        var name = NewBucketName();
        await Storage.CreateBucketAsync(name);
        return Storage.GetBucket(name);
    }
}
