using System.Collections.ObjectModel;
using System.Globalization;
using SkyCompat.Compute;

namespace SkyCompat.Conformance;

/// <summary>What an adapter supplies so that the compute cases can be run against it: its service, through the public interfaces, as an application gets it.</summary>
/// <remarks>Every run has owners of its own; what they made is terminated when the harness is disposed. Safe for use by many threads once initialized.</remarks>
public abstract class ComputeHarness : ServiceHarness
{
    private readonly string _run = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..8];
    private readonly List<IComputeService> _opened = [];
    private IComputeService? _compute;
    private int _keys;

    /// <summary>A need for which the provider has an offer on demand.</summary>
    public virtual MachineNeed Need { get; } = new();

    /// <summary>The image of most launches.</summary>
    public virtual ImageReference Image { get; } = ImageReference.OfFamily("ubuntu-24.04");

    /// <summary>User data that ends soon.</summary>
    public virtual string UserData => "#!/bin/sh\necho started\n";

    /// <summary>Whether compute costs anything here.</summary>
    public virtual bool IsBilled => true;

    /// <summary>The service of most cases.</summary>
    public IComputeService Compute => _compute ??= OpenOwner("conf-" + _run);

    /// <summary>Opens the service through dependency injection.</summary>
    /// <param name="owner">The owner, <c>SkyCompat:Compute:Owner</c>; services of several owners share the server.</param>
    /// <returns>The service; what it needs is freed with the harness.</returns>
    protected abstract IComputeService Open(string owner);

    /// <summary>Opens a service whose instances no other case sees.</summary>
    /// <returns>The service.</returns>
    public IComputeService OpenAlone() => OpenOwner(NewKey("own"));

    /// <summary>A second service of the same owner, as another process would have it.</summary>
    /// <returns>The service.</returns>
    public IComputeService OpenAgain() => Open("conf-" + _run);

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

    private IComputeService OpenOwner(string owner)
    {
        var service = Open(owner);
        lock (_opened)
        {
            _opened.Add(service);
        }

        return service;
    }
}
