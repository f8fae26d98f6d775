using SkyCompat.Compute;
using SkyCompat.Conformance.Internal;

namespace SkyCompat.Conformance;

/// <summary>Where one run of a compute case happens.</summary>
public sealed class ComputeContext
{
    internal ComputeContext(ComputeHarness harness, string caseId)
    {
        Harness = harness;
        CaseId = caseId;
    }

    /// <summary>The adapter under test.</summary>
    public ComputeHarness Harness { get; }

    /// <summary>The case.</summary>
    public string CaseId { get; }

    /// <summary>The service under test.</summary>
    public IComputeService Compute => Harness.Compute;

    /// <summary>Whether the service has a feature.</summary>
    /// <param name="feature">The feature.</param>
    /// <returns>True if it has.</returns>
    public bool Has(ComputeFeatures feature) => Compute.Capabilities.Supports(feature);

    /// <summary>The optional ability of a service that has it.</summary>
    /// <typeparam name="TService">The interface.</typeparam>
    /// <returns>The ability.</returns>
    public TService Service<TService>()
        where TService : class => Expect.NotNull(Compute.GetService<TService>(), $"GetService<{typeof(TService).Name}>() of a service that declares the feature");

    /// <summary>Any offer for the harness's need.</summary>
    /// <param name="market">The market.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The offer.</returns>
    public async Task<Offer> OfferAsync(Market market, CancellationToken cancellationToken)
    {
        await foreach (var offer in Compute.FindOffersAsync(new OfferQuery(Harness.Need with { Markets = [market] }), cancellationToken))
        {
            return offer;
        }

        throw new ConformanceException($"There is no {market} offer for the harness's need.");
    }

    /// <summary>A specification with a key of its own.</summary>
    /// <returns>The specification.</returns>
    public LaunchSpec Spec() => new() { IdempotencyKey = Harness.NewKey("i"), Image = Harness.Image };

    /// <summary>Launches one instance and waits until it runs.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The instance.</returns>
    public async Task<Instance> RunningAsync(CancellationToken cancellationToken) =>
        (await Compute.LaunchAndWaitAsync(Spec(), await OfferAsync(Market.OnDemand, cancellationToken), cancellationToken)).Single();

    /// <summary>Does something to an instance and waits until it is done.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="action">What to do.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The instance afterwards.</returns>
    public async Task<Instance> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken) =>
        (await (await Compute.ActAsync(id, action, cancellationToken)).WaitAsync(null, cancellationToken)).Single();

    /// <summary>Everything listed with a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The instances.</returns>
    public async Task<IReadOnlyList<Instance>> ListKeyAsync(string key, CancellationToken cancellationToken)
    {
        var found = new List<Instance>();
        await foreach (var instance in Compute.ListInstancesAsync(new InstanceQuery { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Key] = key } }, cancellationToken))
        {
            found.Add(instance);
        }

        return found;
    }
}
