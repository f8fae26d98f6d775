using System.Collections.ObjectModel;
using System.Globalization;
using SkyCompat.Clusters;
using SkyCompat.Compute;

namespace SkyCompat.Conformance;

/// <summary>What an adapter supplies so that the cases of clusters can be run against it: its service, through the public interfaces, as an application gets it.</summary>
/// <remarks>Every run has owners of its own; what they made is deleted when the harness is disposed. Safe for use by many threads once initialized.</remarks>
public abstract class ClusterHarness : IAsyncDisposable
{
    private readonly string _run = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..6];
    private readonly List<IClusterService> _opened = [];
    private IClusterService? _clusters;
    private int _keys;

    /// <summary>The provider under test, such as <c>Aws</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>An instance type that nodes can have.</summary>
    public abstract string InstanceType { get; }

    /// <summary>Another one.</summary>
    public abstract string OtherInstanceType { get; }

    /// <summary>The subnets of clusters; empty for the default network.</summary>
    public virtual IReadOnlyList<string> SubnetIds => [];

    /// <summary>Known deviations of the server, documented with a reason: case id to reason. They are reported as skips.</summary>
    public virtual IReadOnlyDictionary<string, string> Quirks => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether a server that is not there is a failure rather than a reason to skip.</summary>
    /// <value>Default: true where the environment says <c>CI=true</c>.</value>
    public virtual bool MustBeAvailable => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>How long a case may take.</summary>
    public virtual TimeSpan CaseTimeout => TimeSpan.FromMinutes(2);

    /// <summary>The service of most cases.</summary>
    public IClusterService Clusters => _clusters ??= OpenOwner("conf-" + _run);

    /// <summary>Opens the service through dependency injection.</summary>
    /// <param name="owner">The owner, <c>SkyCompat:Compute:Owner</c>; services of several owners share the server.</param>
    /// <returns>The service; what it needs is freed with the harness.</returns>
    protected abstract IClusterService Open(string owner);

    /// <summary>Says why the server cannot be reached here. All cases are then skipped with that reason, or fail if <see cref="MustBeAvailable"/>.</summary>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>The reason; null if it can be reached.</returns>
    public virtual ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <summary>Prepares the harness: starts what must run. Called once, before <see cref="Clusters"/>.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A task that ends when the service can be used.</returns>
    public virtual ValueTask InitializeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Opens a service whose clusters no other case sees.</summary>
    /// <returns>The service.</returns>
    public IClusterService OpenAlone() => OpenOwner(NewKey("own"));

    /// <summary>A second service of the same owner, as another process would have it.</summary>
    /// <returns>The service.</returns>
    public IClusterService OpenAgain() => Open("conf-" + _run);

    /// <summary>An idempotency key that no other case uses.</summary>
    /// <param name="name">What it is for: lower-case letters, digits and hyphens.</param>
    /// <returns>The key.</returns>
    public string NewKey(string name) => string.Create(CultureInfo.InvariantCulture, $"{name}-{_run}-{Interlocked.Increment(ref _keys)}");

    /// <summary>Deletes what the run made and frees what the harness holds.</summary>
    /// <returns>A task that ends when it is done.</returns>
    public async ValueTask DisposeAsync()
    {
        foreach (var service in _opened)
        {
            await foreach (var result in service.SweepAsync(new SweepOptions { DryRun = false, KeepKeys = ReadOnlySet<string>.Empty, MinAge = TimeSpan.Zero }))
            {
                if (result.Error is { } error)
                {
                    throw new ConformanceException($"{Provider} left {result.Resource}: {error.Message}", error);
                }
            }
        }

        await DisposeAsyncCore();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the adapter's harness holds, after the clusters are gone.</summary>
    /// <returns>A task that ends when it is done.</returns>
    protected virtual ValueTask DisposeAsyncCore() => ValueTask.CompletedTask;

    private IClusterService OpenOwner(string owner)
    {
        var service = Open(owner);
        lock (_opened)
        {
            _opened.Add(service);
        }

        return service;
    }
}
