using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace SkyCompat.Compute.Placement;

/// <summary>Plans purely, tries in order, judges failures by their scope, and never leaves an attempt behind without removing what it made.</summary>
internal sealed class PlacementService(ISky sky, IPlacementStore store, PlacementPlanner planner, AvoidList avoid, Func<string, IReadOnlyList<string>> regionsOf) : IPlacementService
{
    private const int MaxKeyLength = 34;

    public async Task<PlacementPlan> PlanAsync(PlacementRequest request, CancellationToken cancellationToken = default)
    {
        Check(request);
        var (offers, unreachable) = await FindAsync(request, request.Need, cancellationToken).ConfigureAwait(false);
        return Plan(request, offers) with { Unreachable = unreachable };
    }

    public async Task<PlacementResult> LaunchAsync(PlacementRequest request, IProgress<PlacementAttempt>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(request);
        var key = request.Launch.IdempotencyKey;
        var state = await LoadAsync(request, cancellationToken).ConfigureAwait(false);
        if (state.Open is { } open && await TryAsync(open, TakeBack).ConfigureAwait(false) is { } resumed)
        {
            return resumed;
        }

        var (offers, unreachable) = await FindAsync(request, request.Need, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var plan = Plan(request, offers) with { Unreachable = unreachable };
            var launched = state.Attempts.Count(attempt => attempt.Outcome != PlacementOutcome.NoHeadroom);
            if (plan.Steps.Count == 0 || launched >= request.MaxAttempts)
            {
                throw await ExhaustedAsync(request, plan, state, cancellationToken).ConfigureAwait(false);
            }

            var offer = plan.Steps[0].Offer;
            var next = new PlacementAttempt(state.Attempts.Count + 1, offer, PlacementOutcome.Started);
            if (await ProbeAsync(offer, request.Launch.Count, cancellationToken).ConfigureAwait(false) is { Answer: HeadroomAnswer.No } full)
            {
                avoid.Add(offer, full.Code ?? CloudErrorCode.CapacityShortage, full.Scope);
                await RecordAsync(next with { Outcome = PlacementOutcome.NoHeadroom, Error = full.Code, Message = full.Detail }).ConfigureAwait(false);
                continue;
            }

            // Written before the first request of the attempt: a process that ends here is followed by one that knows where to look.
            await RecordAsync(next).ConfigureAwait(false);
            if (await TryAsync(next, static _ => false).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }

        // Of an attempt that another process began: whatever its error, it is over once nothing of it is left.
        static bool TakeBack(CloudException exception) => exception is { Code: CloudErrorCode.NotFound, Reason: ComputeErrorReasons.NothingLaunched };

        async Task<PlacementResult?> TryAsync(PlacementAttempt attempt, Func<CloudException, bool> alsoGoOn)
        {
            var compute = sky.GetCloud(attempt.Offer.Cloud).Compute;
            var spec = request.Launch with { IdempotencyKey = AttemptKey(key, attempt.Number) };
            try
            {
                var operation = await compute.LaunchAsync(spec, attempt.Offer, cancellationToken).ConfigureAwait(false);
                var instances = await operation.WaitAsync(null, cancellationToken).ConfigureAwait(false);
                await RecordAsync(attempt with { Outcome = PlacementOutcome.Succeeded }).ConfigureAwait(false);
                return new PlacementResult(instances, attempt.Offer, state.Attempts);
            }
            catch (CloudException exception) when (attempt.Outcome != PlacementOutcome.Succeeded && (GoesOn(exception) || alsoGoOn(exception)))
            {
                await RemoveLeftAsync(compute, attempt.Offer, spec.IdempotencyKey, exception, cancellationToken).ConfigureAwait(false);
                avoid.Add(attempt.Offer, exception.Code, exception.Scope);
                await RecordAsync(attempt with { Outcome = PlacementOutcome.Failed, Error = exception.Code, Message = exception.Message }).ConfigureAwait(false);
                return null;
            }
        }

        async Task RecordAsync(PlacementAttempt attempt)
        {
            state = state.With(attempt);
            await store.SaveAsync(key, JsonSerializer.Serialize(state, ComputeJson.Default.PlacementState), cancellationToken).ConfigureAwait(false);
            progress?.Report(attempt);
        }
    }

    private static string AttemptKey(string key, int number) => string.Create(CultureInfo.InvariantCulture, $"{key}-a{number}");

    /// <summary>Whether another place may do better. A request that is wrong, an instance that once ran and a clean-up that failed end it.</summary>
    private static bool GoesOn(CloudException exception) => exception.Reason switch
    {
        ComputeErrorReasons.CleanupIncomplete or ComputeErrorReasons.Preempted or ComputeErrorReasons.KeyReused => false,
        ComputeErrorReasons.ImageNotFound or ComputeErrorReasons.TagNotSupported or ComputeErrorReasons.UserDataTooLarge => true,
        _ => exception.Code is CloudErrorCode.CapacityShortage or CloudErrorCode.QuotaExceeded or CloudErrorCode.Unsupported or CloudErrorCode.Unauthenticated or CloudErrorCode.PermissionDenied
            or CloudErrorCode.Throttled or CloudErrorCode.Unavailable or CloudErrorCode.Timeout,
    };

    /// <summary>Terminates what is found under the attempt's key, and looks that it is gone.</summary>
    private static async Task RemoveLeftAsync(IComputeService compute, Offer offer, string key, CloudException cause, CancellationToken cancellationToken)
    {
        // Credentials that are refused made nothing, and could not look.
        if (cause.Code is CloudErrorCode.Unauthenticated or CloudErrorCode.PermissionDenied || (cause.Code == CloudErrorCode.Unsupported && !cause.MayHaveTakenEffect && cause.StatusCode is null))
        {
            return;
        }

        try
        {
            var query = new InstanceQuery
            {
                Regions = offer.Location.Region is { } region ? [region] : [],
                Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Key] = key },
            };
            var left = new List<Instance>();
            await foreach (var instance in compute.ListInstancesAsync(query, cancellationToken).ConfigureAwait(false))
            {
                left.Add(instance);
            }

            foreach (var instance in left)
            {
                if (instance.Phase is InstancePhase.Stopped or InstancePhase.Stopping or InstancePhase.Hibernated or InstancePhase.Hibernating || instance.Preempted)
                {
                    throw new CloudException(CloudErrorCode.Conflict, $"Instance '{instance.Id}' is {instance.Phase}, so it once ran and may hold data. Start or terminate it; no other place is tried.")
                    {
                        Reason = ComputeErrorReasons.WrongState,
                        Resource = instance.Id,
                    };
                }

                var operation = await compute.TerminateAsync(instance.Id, cancellationToken).ConfigureAwait(false);
                await operation.WaitAsync(null, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (CloudException exception) when (exception.Reason is not ComputeErrorReasons.WrongState)
        {
            throw new CloudException(
                CloudErrorCode.Conflict,
                $"The launch at {offer} failed ({cause.Message}), and whether it left something under the key '{key}' could not be found out or mended ({exception.Message}). No other place is tried. Call again with the same key, or sweep.",
                exception)
            {
                Reason = ComputeErrorReasons.CleanupIncomplete,
                IsTransient = false,
            };
        }
    }

    private PlacementPlan Plan(PlacementRequest request, IReadOnlyList<Offer> offers)
    {
        var needed = ComputeChecks.FeaturesOf(request.Launch);
        var lacking = offers.Select(offer => offer.Cloud).Distinct(StringComparer.OrdinalIgnoreCase)
            .ToDictionary(name => name, name => needed & ~sky.GetCloud(name).Compute.Capabilities.Features, StringComparer.OrdinalIgnoreCase);
        return planner.Plan(request, offers, avoid.Current(), lacking);
    }

    private static void Check(PlacementRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ComputeChecks.CheckNeed(request.Need);
        ComputeChecks.CheckName(request.Launch.IdempotencyKey, nameof(request), MaxKeyLength);
        if (request.MaxAttempts < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(request), request.MaxAttempts, "MaxAttempts must be at least 1.");
        }

        if (request.ExpectedRunTime <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(request), request.ExpectedRunTime, "ExpectedRunTime must be over zero.");
        }

        if (request.Data is { GiB: < 0 })
        {
            throw new ArgumentOutOfRangeException(nameof(request), request.Data.GiB, "Data.GiB must not be negative.");
        }
    }

    private async Task<PlacementState> LoadAsync(PlacementRequest request, CancellationToken cancellationToken)
    {
        var key = request.Launch.IdempotencyKey;
        var fingerprint = Fingerprint.Of(16, [request.Launch.Image.ToString(), request.Launch.UserData, request.Launch.Count.ToString(CultureInfo.InvariantCulture), request.Need.ToString(), string.Join(',', request.Need.Markets)]);
        if (await store.LoadAsync(key, cancellationToken).ConfigureAwait(false) is not { } text)
        {
            return new PlacementState(fingerprint, []);
        }

        var state = JsonSerializer.Deserialize(text, ComputeJson.Default.PlacementState)!;
        return state.Request == fingerprint ? state : throw new CloudException(CloudErrorCode.Conflict, $"The key '{key}' belongs to a placement of another request. Choose another key.")
        {
            Reason = ComputeErrorReasons.KeyReused,
        };
    }

    private async Task<(IReadOnlyList<Offer> Offers, IReadOnlyDictionary<string, CloudException> Unreachable)> FindAsync(PlacementRequest request, MachineNeed need, CancellationToken cancellationToken)
    {
        var names = request.Clouds.Count > 0 ? request.Clouds : [.. sky.Clouds.Where(cloud => cloud.Offers<IComputeService>()).Select(cloud => cloud.Name)];
        var unreachable = new ConcurrentDictionary<string, CloudException>(StringComparer.OrdinalIgnoreCase);
        var found = await Task.WhenAll(names.Select(async name =>
        {
            var offers = new List<Offer>();
            try
            {
                await foreach (var offer in sky.GetCloud(name).Compute.FindOffersAsync(new OfferQuery(need) { Regions = regionsOf(name) }, cancellationToken).ConfigureAwait(false))
                {
                    offers.Add(offer);
                }
            }
            catch (CloudException exception)
            {
                // One cloud that is down must not keep the others from being used; the plan names it.
                unreachable[name] = exception;
                offers.Clear();
            }

            return offers;
        })).ConfigureAwait(false);
        return ([.. found.SelectMany(offers => offers)], unreachable);
    }

    private async Task<Headroom> ProbeAsync(Offer offer, int count, CancellationToken cancellationToken)
    {
        try
        {
            return await sky.GetCloud(offer.Cloud).Compute.ProbeAsync(offer, count, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException)
        {
            // What cannot be asked must be tried.
            return Headroom.Unknown;
        }
    }

    /// <summary>Nothing is left to try: because nothing fits, or because all that fits failed.</summary>
    private async Task<CloudException> ExhaustedAsync(PlacementRequest request, PlacementPlan plan, PlacementState state, CancellationToken cancellationToken)
    {
        if (state.Attempts.Count > 0)
        {
            var tried = string.Join("; ", state.Attempts.GroupBy(attempt => $"{attempt.Offer.Cloud}: {attempt.Error}", StringComparer.Ordinal).Select(group => $"{group.Count()} × {group.Key}"));
            return new CloudException(CloudErrorCode.CapacityShortage, $"No place had room after {state.Attempts.Count} were tried or probed ({tried}). Try later, or allow more regions, markets or clouds.\n{plan.Explain(3)}")
            {
                IsTransient = false,
            };
        }

        // What does not fit is not sent by the providers: asked again without limits, so that the limits can be named.
        var any = new MachineNeed { Architecture = request.Need.Architecture, Markets = Enum.GetValues<Market>(), Gpu = request.Need.Gpu is null ? null : new GpuNeed(1) };
        var (offers, unreachable) = await FindAsync(request, any, cancellationToken).ConfigureAwait(false);
        var wide = Plan(request, offers);
        return new CloudException(
            CloudErrorCode.NotFound,
            $"No offer meets the need. Of {offers.Count} offers, {string.Join(", ", wide.CountRejected().Take(5).Select(item => $"{item.Count} are ruled out by {item.Reason}"))}.{(unreachable.Count > 0 ? $" Not asked: {string.Join(", ", unreachable.Keys)}." : "")}")
        {
            Reason = ComputeErrorReasons.NoOffer,
        };
    }
}
