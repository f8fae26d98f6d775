using System.Runtime.CompilerServices;
using SkyCompat.Compute;
using SkyCompat.Workloads;

namespace SkyCompat.Clusters;

/// <summary>The portable clusters over a driver: checks, idempotency, waiting, queueing, retries, renewal of credentials and telemetry, once for all clouds.</summary>
internal sealed class ClusterService(ClusterCalls calls, string owner, IComputeService? compute, WorkloadDrivers workloads) : IClusterService
{
    private readonly ClusterEngine _engine = new(calls, owner, compute);

    public string Name => calls.Cloud.Name;

    public ClusterCapabilities Capabilities => calls.Driver.Capabilities;

    public ICluster GetCluster(string name) => GetCluster(name, defaultNamespace: null);

    /// <summary>Names a cluster whose workloads are in a namespace of configuration where none is named.</summary>
    public ICluster GetCluster(string name, string? defaultNamespace)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new Cluster(_engine, workloads, name, defaultNamespace);
    }

    public Task<IReadOnlyList<ClusterVersion>> ListVersionsAsync(CancellationToken cancellationToken = default)
    {
        _engine.Checks.Need(ClusterFeatures.Upgrade);
        return calls.TraceAsync("ListClusterVersions", null, _engine.Versions.ListAsync, cancellationToken);
    }

    public Task<IClusterOperation> CreateAsync(ClusterSpec spec, CancellationToken cancellationToken = default)
    {
        _engine.Checks.CheckCluster(spec);
        var name = spec.Name ?? spec.IdempotencyKey;
        return _engine.BeginAsync(
            "CreateCluster",
            name,
            async token =>
            {
                var version = spec.Version is { } asked ? await _engine.Versions.ResolveAsync(asked, token).ConfigureAwait(false) : null;
                return _engine.NewIntent(ClusterGoal.Create, name) with { Request = await _engine.Requests.CreateAsync(spec, version, token).ConfigureAwait(false) };
            },
            cancellationToken);
    }

    public IAsyncEnumerable<ClusterInfo> ListAsync(bool includeForeign = false, CancellationToken cancellationToken = default)
    {
        _engine.Checks.Need(ClusterFeatures.List);
        return _engine.Directory.ListAsync(includeForeign, cancellationToken);
    }

    public IClusterOperation Resume(string token) => _engine.Open(ClusterIntent.Parse(token, Name));

    public IAsyncEnumerable<SweepResult> SweepAsync(SweepOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SweepOptions();
        _engine.Checks.Need(ClusterFeatures.Lifecycle | ClusterFeatures.List);
        if (options.MinAge < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MinAge, "MinAge must not be negative.");
        }

        if (options.Regions.Any(region => !string.Equals(region, calls.Driver.Region, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException($"Clusters are swept in the cloud's own region, '{calls.Driver.Region}'; configure a cloud for each other.", nameof(options));
        }

        return SweepUncheckedAsync(options, cancellationToken);
    }

    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType.IsInstanceOfType(this) ? this : calls.Driver.GetService(serviceType);
    }

    private async IAsyncEnumerable<SweepResult> SweepUncheckedAsync(SweepOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var info in _engine.Directory.ListAsync(includeForeign: false, cancellationToken).ConfigureAwait(false))
        {
            var key = info.Tags.GetValueOrDefault(ComputeTags.Key);
            var resource = new OwnedResource("cluster", info.Name, info.Location) { IdempotencyKey = key, CreatedAt = info.CreatedAt };
            var kept = options.KeepKeys is not { } keys || (key is not null && keys.Contains(key)) || (info.CreatedAt is { } created && calls.Time.GetUtcNow() - created < options.MinAge);
            yield return kept ? new SweepResult(resource, SweepOutcome.Kept)
                : options.DryRun ? new SweepResult(resource, SweepOutcome.WouldRemove)
                : await RemoveAsync(resource, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<SweepResult> RemoveAsync(OwnedResource resource, CancellationToken cancellationToken)
    {
        try
        {
            var operation = await GetCluster(resource.Id).DeleteAsync(cancellationToken).ConfigureAwait(false);
            await operation.WaitAsync(null, cancellationToken).ConfigureAwait(false);
            return new SweepResult(resource, SweepOutcome.Removed);
        }
        catch (CloudException exception)
        {
            // One that cannot be removed must not keep the others.
            return new SweepResult(resource, SweepOutcome.Failed, exception);
        }
    }
}
