using System.Runtime.CompilerServices;
using SkyCompat.Compute.Pricing;

namespace SkyCompat.Compute;

/// <summary>The portable compute over a driver: checks, idempotency, waiting, paging, retries and telemetry, once for all clouds.</summary>
internal sealed class ComputeService : IComputeService
{
    private readonly ComputeCalls _calls;
    private readonly ComputeChecks _checks;
    private readonly InstanceDirectory _directory;
    private readonly InstanceActions _actions;
    private readonly Launcher _launcher;
    private readonly Sweeper _sweeper;
    private readonly InstancePrices _prices;
    private readonly object?[] _abilities;

    public ComputeService(ComputeCalls calls, string owner, InstancePrices prices)
    {
        _calls = calls;
        _prices = prices;
        _checks = new ComputeChecks(calls.Cloud, calls.Driver.Capabilities);
        _directory = new InstanceDirectory(calls, owner);
        var tokens = new ClientTokens(calls);
        _actions = new InstanceActions(calls, _directory, tokens);
        _launcher = new Launcher(calls, _directory, _actions, tokens);
        _sweeper = new Sweeper(calls, _directory, _actions);
        var driver = calls.Driver;
        _abilities =
        [
            this,
            new MachineImages(calls),
            Capabilities.Supports(ComputeFeatures.ConsoleOutput) ? new ConsoleOutput(calls) : null,
            driver.KeyPairs is null ? null : new KeyPairs(calls, owner),
            driver.Firewalls is null ? null : new FirewallGroups(calls, owner),
            driver.Networks is null ? null : new Networks(calls, owner),
            driver.Disks is null ? null : new Disks(calls, _checks, tokens, owner),
            driver.Snapshots is null ? null : new Snapshots(calls, tokens, owner),
            driver.Addresses is null ? null : new PublicAddresses(calls, tokens, owner),
        ];
    }

    public string Name => _calls.Cloud.Name;

    public ComputeCapabilities Capabilities => _calls.Driver.Capabilities;

    public async IAsyncEnumerable<Offer> FindOffersAsync(OfferQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ComputeChecks.CheckNeed(query.Need);
        var asked = query with { Regions = RegionsOf(query.Regions) };
        await foreach (var offer in _calls.ListAsync("FindOffers", null, (driver, page, token) => driver.FindOffersPageAsync(asked, page, token), cancellationToken).ConfigureAwait(false))
        {
            if (Fits(offer, asked))
            {
                yield return _prices.Fill(offer with { Cloud = Name, Provider = _calls.Cloud.Provider });
            }
        }
    }

    public async Task<Headroom> ProbeAsync(Offer offer, int count = 1, CancellationToken cancellationToken = default)
    {
        _checks.CheckOffer(offer);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (Capabilities.Features & (ComputeFeatures.QuotaProbe | ComputeFeatures.StockProbe)) == ComputeFeatures.None
            ? Headroom.Unknown
            : await _calls.TraceAsync(
                "ProbeOffer", offer.InstanceType, traced => _calls.SendAsync("ProbeOffer", offer.InstanceType, (driver, token) => driver.ProbeAsync(offer, count, token), traced), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IComputeOperation> LaunchAsync(LaunchSpec spec, Offer offer, CancellationToken cancellationToken = default)
    {
        _checks.CheckLaunch(spec, offer);
        return Open(await _calls.TraceAsync("LaunchInstances", spec.IdempotencyKey, token => _launcher.LaunchAsync(spec, offer, token), cancellationToken).ConfigureAwait(false));
    }

    public Task<Instance?> TryGetInstanceAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return _calls.TraceAsync(
            "GetInstance",
            id,
            async token => await _directory.TryGetAsync(id, token).ConfigureAwait(false) is { Phase: not InstancePhase.Gone } found ? found : null,
            cancellationToken);
    }

    public async IAsyncEnumerable<Instance> ListInstancesAsync(InstanceQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        query ??= new InstanceQuery();
        var asked = query with { Regions = RegionsOf(query.Regions) };
        if (!query.IncludeForeign)
        {
            asked = asked with { Tags = new Dictionary<string, string>(query.Tags, StringComparer.Ordinal) { [ComputeTags.Owner] = _directory.Owner } };
        }

        await foreach (var instance in _directory.ListAsync(asked, cancellationToken).ConfigureAwait(false))
        {
            if (instance.Phase != InstancePhase.Gone)
            {
                yield return instance;
            }
        }
    }

    public async Task<IComputeOperation> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        _checks.Need(action == InstanceAction.StopKeepAllocated, ComputeFeatures.StopKeepAllocated);
        _checks.Need(action == InstanceAction.Hibernate, ComputeFeatures.Hibernate);
        return Open(await _calls.TraceAsync($"{action}Instance", id, token => _actions.ActAsync(id, action, token), cancellationToken).ConfigureAwait(false));
    }

    public IComputeOperation Resume(string token) => Open(OperationState.Parse(token, Name));

    public IAsyncEnumerable<SweepResult> SweepAsync(SweepOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SweepOptions();
        if (options.MinAge < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MinAge, "MinAge must not be negative.");
        }

        return _sweeper.SweepAsync(options, cancellationToken);
    }

    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return Array.Find(_abilities, serviceType.IsInstanceOfType) ?? _calls.Driver.GetService(serviceType);
    }

    private ComputeOperation Open(OperationState state) => new(_calls, _directory, _actions, state);

    private IReadOnlyList<string> RegionsOf(IReadOnlyList<string> asked) => asked.Count > 0 ? asked : [_calls.Driver.Region];

    private static bool Fits(Offer offer, OfferQuery query) =>
        query.Need.Refuses(offer.Shape) is null
        && query.Need.Markets.Contains(offer.Market)
        && (query.Need.InstanceType is not { } type || string.Equals(offer.InstanceType, type, StringComparison.OrdinalIgnoreCase))
        && (query.Zones.Count == 0 || (offer.Location.Zone is { } zone && query.Zones.Contains(zone, StringComparer.OrdinalIgnoreCase)));
}
