using System.Collections.ObjectModel;
using System.Globalization;
using SkyCompat.Clusters;
using SkyCompat.Compute;

namespace SkyCompat.Conformance;

/// <summary>What an adapter supplies so that the cases of clusters can be run against it: its service, through the public interfaces, as an application gets it.</summary>
/// <remarks>Every run has owners of its own; what they made is deleted when the harness is disposed. Safe for use by many threads once initialized.</remarks>
public abstract class ClusterHarness : ServiceHarness
{
    private readonly string _run = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..6];
    private readonly List<IClusterService> _opened = [];
    private IClusterService? _clusters;
    private int _keys;

    /// <summary>An instance type that nodes can have.</summary>
    public abstract string InstanceType { get; }

    /// <summary>Another one.</summary>
    public abstract string OtherInstanceType { get; }

    /// <summary>The subnets of clusters; empty for the default network.</summary>
    public virtual IReadOnlyList<string> SubnetIds => [];

    /// <summary>The service of most cases.</summary>
    public IClusterService Clusters => _clusters ??= OpenOwner("conf-" + _run);

    /// <summary>Opens the service through dependency injection.</summary>
    /// <param name="owner">The owner, <c>SkyCompat:Compute:Owner</c>; services of several owners share the server.</param>
    /// <returns>The service; what it needs is freed with the harness.</returns>
    protected abstract IClusterService Open(string owner);

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

    /// <inheritdoc/>
    protected sealed override async Task CleanUpAsync()
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
    }

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
