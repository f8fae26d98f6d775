using System.Collections.ObjectModel;

namespace SkyCompat.Conformance;

/// <summary>What the harnesses of compute, clusters and workloads have in common: whether there is something to test, and its start and end.</summary>
public abstract class ServiceHarness : IAsyncDisposable
{
    /// <summary>The name of the column in the provider × feature table, such as <c>Aws</c> or <c>Kubernetes 1.20</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>Known deviations of the server, documented with a reason: case id to reason. They are reported as skips.</summary>
    public virtual IReadOnlyDictionary<string, string> Quirks => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether a server that is not there is a failure rather than a reason to skip.</summary>
    /// <value>Default: true where the environment says <c>CI=true</c>.</value>
    public virtual bool MustBeAvailable => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>How long a case may take.</summary>
    /// <value>Default: 2 minutes.</value>
    public virtual TimeSpan CaseTimeout => TimeSpan.FromMinutes(2);

    /// <summary>Says why the server cannot be reached here. All cases are then skipped with that reason, or fail if <see cref="MustBeAvailable"/>.</summary>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>The reason; null if it can be reached.</returns>
    public virtual ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <summary>Prepares the harness: starts what must run. Called once, before the first case.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A task that ends when the cases can be run.</returns>
    public virtual ValueTask InitializeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Deletes what the run made and frees what the harness holds.</summary>
    /// <returns>A task that ends when it is done.</returns>
    public async ValueTask DisposeAsync()
    {
        await CleanUpAsync();
        await DisposeAsyncCore();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the adapter's harness holds, after what the run made is gone.</summary>
    /// <returns>A task that ends when it is done.</returns>
    protected virtual ValueTask DisposeAsyncCore() => ValueTask.CompletedTask;

    /// <summary>Deletes what the run made on the server.</summary>
    /// <returns>A task that ends when it is gone.</returns>
    protected abstract Task CleanUpAsync();
}
