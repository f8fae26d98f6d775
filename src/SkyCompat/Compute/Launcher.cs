using SkyCompat.Drivers;

namespace SkyCompat.Compute;

/// <summary>Launches so that launching twice with one key is launching once, whatever happened in between.</summary>
internal sealed class Launcher(ComputeCalls calls, InstanceDirectory directory, InstanceActions actions, ClientTokens tokens)
{
    private readonly LaunchPreparer _preparer = new(calls, directory.Owner);

    private bool IsBulk => calls.Driver.Capabilities.Supports(ComputeFeatures.BulkLaunch);

    public async Task<OperationState> LaunchAsync(LaunchSpec spec, Offer offer, CancellationToken cancellationToken)
    {
        var region = offer.Location.Region ?? calls.Driver.Region;
        var fingerprint = Fingerprint.Of(spec, offer);
        var found = await directory.FindByKeyAsync(spec.IdempotencyKey, region, cancellationToken).ConfigureAwait(false);
        var live = found.Where(IsLive).OrderBy(instance => instance.Name, StringComparer.Ordinal).ThenBy(instance => instance.Id, StringComparer.Ordinal).ToList();
        if (live.Find(instance => instance.Tags.GetValueOrDefault(ComputeTags.Spec) != fingerprint) is { } other)
        {
            throw new CloudException(
                CloudErrorCode.Conflict, $"The key '{spec.IdempotencyKey}' belongs to the launch of instance '{other.Id}' with other parameters. Choose another key, or launch with the same parameters.")
            {
                Reason = ComputeErrorReasons.KeyReused,
                Resource = other.Id,
            };
        }

        var least = spec.MinCount ?? spec.Count;
        var missing = IsBulk
            ? live.Count >= least ? [] : LaunchPreparer.NamesOf(spec)
            : LaunchPreparer.NamesOf(spec).Except(live.Select(instance => instance.Name), StringComparer.Ordinal).ToList()!;
        if (missing.Count == 0)
        {
            return StateOf(spec, region, [.. live.Select(instance => instance.Id)], []);
        }

        var request = await _preparer.PrepareAsync(spec, offer, region, fingerprint, found, cancellationToken).ConfigureAwait(false);
        return IsBulk
            ? await LaunchTogetherAsync(request with { Names = missing!, MinCount = least }, region, cancellationToken).ConfigureAwait(false)
            : await LaunchOneByOneAsync(request, missing!, live, region, cancellationToken).ConfigureAwait(false);
    }

    public static bool IsLive(Instance instance) => instance.Phase is not (InstancePhase.Gone or InstancePhase.Deleting);

    private async Task<OperationState> LaunchTogetherAsync(LaunchRequest request, string region, CancellationToken cancellationToken)
    {
        try
        {
            var receipt = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            return StateOf(request.Spec, region, receipt.Ids, receipt.Handle is { } handle ? [handle] : []);
        }
        catch (CloudException exception) when (exception.MayHaveTakenEffect)
        {
            var live = (await directory.FindByKeyAsync(request.Spec.IdempotencyKey, region, cancellationToken).ConfigureAwait(false)).Where(IsLive).ToList();
            if (live.Count < request.MinCount)
            {
                throw;
            }

            return StateOf(request.Spec, region, [.. live.Select(instance => instance.Id)], []);
        }
    }

    private async Task<OperationState> LaunchOneByOneAsync(LaunchRequest request, IReadOnlyList<string> missing, List<Instance> live, string region, CancellationToken cancellationToken)
    {
        var ids = live.ConvertAll(instance => instance.Id);
        var handles = ids.ConvertAll(_ => "");
        try
        {
            foreach (var name in missing)
            {
                var token = request.Spec.Count == 1 ? request.ClientToken : Fingerprint.Of(32, [request.ClientToken, name]);
                var receipt = await SendAsync(request with { Names = [name], MinCount = 1, ClientToken = token }, cancellationToken).ConfigureAwait(false);
                ids.Add(receipt.Ids[0]);
                handles.Add(receipt.Handle ?? "");
            }
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.CapacityShortage or CloudErrorCode.QuotaExceeded && ids.Count >= request.MinCount)
        {
            // Enough for the minimum.
        }
        catch (CloudException exception)
        {
            var left = exception.MayHaveTakenEffect
                ? (await directory.FindByKeyAsync(request.Spec.IdempotencyKey, region, cancellationToken).ConfigureAwait(false)).Where(IsLive).Select(instance => instance.Id).Union(ids, StringComparer.Ordinal).ToList()
                : ids;
            if (exception.MayHaveTakenEffect && left.Count >= request.Spec.Count)
            {
                return StateOf(request.Spec, region, left, []);
            }

            if (left.Count > 0)
            {
                await actions.RemoveAsync(left, exception, cancellationToken).ConfigureAwait(false);
            }

            if (ids.Count == 0)
            {
                throw;
            }

            throw new CloudException(exception.Code, $"Only {ids.Count} of at least {request.MinCount} instances could be launched, and none was kept: {exception.Message}", exception)
            {
                Reason = ComputeErrorReasons.BelowMinimum,
                Scope = exception.Scope,
                IsTransient = false,
            };
        }

        return StateOf(request.Spec, region, ids, handles.TrueForAll(handle => handle.Length == 0) ? [] : handles);
    }

    private async Task<LaunchReceipt> SendAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        if (!calls.Driver.LaunchTokensOutliveInstances)
        {
            return await SendAsync(request, request.ClientToken, cancellationToken).ConfigureAwait(false);
        }

        // One that is shown is enough: the launch is of this generation, and what became of the others shows later.
        var (receipt, _) = await tokens.UseAsync(
            request.ClientToken,
            (token, ct) => SendAsync(request, token, ct),
            made => made.Ids is [var first, ..] ? first : null,
            async (made, ct) =>
            {
                foreach (var id in made.Ids)
                {
                    if (await directory.TryGetAsync(id, ct).ConfigureAwait(false) is { } seen)
                    {
                        return seen;
                    }
                }

                return null;
            },
            cancellationToken).ConfigureAwait(false);
        return receipt;
    }

    private Task<LaunchReceipt> SendAsync(LaunchRequest request, string clientToken, CancellationToken cancellationToken)
    {
        var sent = request with { ClientToken = clientToken };
        return calls.SendAsync("LaunchInstances", request.Spec.IdempotencyKey, (driver, token) => driver.LaunchAsync(sent, token), cancellationToken);
    }

    private OperationState StateOf(LaunchSpec spec, string region, IReadOnlyList<string> ids, IReadOnlyList<string> handles) =>
        new(1, calls.Cloud.Name, OperationGoal.Launch, ids, handles, calls.Time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            Key = spec.IdempotencyKey,
            Region = region,
            MinCount = Math.Min(spec.MinCount ?? spec.Count, ids.Count),
        };
}
