using System.Globalization;
using SkyCompat.Drivers;

namespace SkyCompat.Compute;

/// <summary>Launches so that launching twice with one key is launching once, whatever happened in between.</summary>
internal sealed class Launcher(ComputeCalls calls, InstanceDirectory directory, InstanceActions actions)
{
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
            ? live.Count >= least ? [] : Names(spec)
            : Names(spec).Except(live.Select(instance => instance.Name), StringComparer.Ordinal).ToList()!;
        if (missing.Count == 0)
        {
            return StateOf(spec, region, [.. live.Select(instance => instance.Id)], []);
        }

        var request = await PrepareAsync(spec, offer, region, fingerprint, found, cancellationToken).ConfigureAwait(false);
        return IsBulk
            ? await LaunchTogetherAsync(request with { Names = missing!, MinCount = least }, region, cancellationToken).ConfigureAwait(false)
            : await LaunchOneByOneAsync(request, missing!, live, region, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsLive(Instance instance) => instance.Phase is not (InstancePhase.Gone or InstancePhase.Deleting);

    private static IReadOnlyList<string> Names(LaunchSpec spec) =>
        spec.Count == 1 ? [spec.IdempotencyKey] : [.. Enumerable.Range(1, spec.Count).Select(n => string.Create(CultureInfo.InvariantCulture, $"{spec.IdempotencyKey}-{n}"))];

    /// <summary>Finds or makes what the instances need, all of it safe to find or make again.</summary>
    private async Task<LaunchRequest> PrepareAsync(LaunchSpec spec, Offer offer, string region, string fingerprint, IReadOnlyList<Instance> found, CancellationToken cancellationToken)
    {
        var key = spec.IdempotencyKey;
        var image = await calls.SendAsync("FindImage", spec.Image.ToString(), (driver, token) => driver.TryFindImageAsync(spec.Image, offer.Shape.Architecture, region, token), cancellationToken).ConfigureAwait(false)
            ?? throw NoImage(spec, offer, region);
        var shared = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Owner] = directory.Owner };
        var tags = new Dictionary<string, string>(spec.Tags, StringComparer.Ordinal)
        {
            [ComputeTags.Owner] = directory.Owner,
            [ComputeTags.Key] = key,
            [ComputeTags.Spec] = fingerprint,
        };
        string? groupId = null;
        if (spec.Inbound.Count > 0)
        {
            var name = ComputeTags.Prefix + Fingerprint.Of(8, [directory.Owner, Fingerprint.Of(spec.Inbound, spec.SubnetId)]);
            groupId = (await calls.SendAsync(
                "EnsureFirewallGroup", name, (driver, token) => driver.Firewalls!.EnsureAsync(name, spec.Inbound, region, spec.SubnetId, shared, token), cancellationToken).ConfigureAwait(false)).Id;
            tags[ComputeTags.Firewall] = name;
        }

        string? keyPair = null;
        if (spec.SshPublicKey is { } publicKey && calls.Driver.KeyPairs is not null)
        {
            keyPair = ComputeTags.Prefix + Fingerprint.Of(8, [publicKey.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]]);
            await calls.SendAsync("ImportKeyPair", keyPair, (driver, token) => driver.KeyPairs!.ImportAsync(keyPair, publicKey, region, shared, token), cancellationToken).ConfigureAwait(false);
        }

        var request = new LaunchRequest
        {
            Spec = spec,
            Offer = offer,
            Image = image,
            Names = Names(spec),
            MinCount = spec.MinCount ?? spec.Count,

            // Instances that are gone make it another launch: providers would answer the old token with the dead instances for as long as they show them.
            ClientToken = Fingerprint.Of(32, [directory.Owner, key, fingerprint, .. found.Where(instance => !IsLive(instance)).Select(instance => instance.Id).Order(StringComparer.Ordinal)]),
            Tags = tags,
            SharedTags = shared,
            FirewallGroupId = groupId,
            KeyPairName = keyPair,
        };
        return request with { Prepared = await calls.SendAsync("PrepareLaunch", key, (driver, token) => driver.PrepareAsync(request, token), cancellationToken).ConfigureAwait(false) };
    }

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

    private Task<LaunchReceipt> SendAsync(LaunchRequest request, CancellationToken cancellationToken) =>
        calls.SendAsync("LaunchInstances", request.Spec.IdempotencyKey, (driver, token) => driver.LaunchAsync(request, token), cancellationToken);

    private OperationState StateOf(LaunchSpec spec, string region, IReadOnlyList<string> ids, IReadOnlyList<string> handles) =>
        new(1, calls.Cloud.Name, OperationGoal.Launch, ids, handles, calls.Time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            Key = spec.IdempotencyKey,
            Region = region,
            MinCount = Math.Min(spec.MinCount ?? spec.Count, ids.Count),
        };

    private CloudException NoImage(LaunchSpec spec, Offer offer, string region)
    {
        var families = spec.Image.Family is null ? "Images differ between regions." : $"Families: {string.Join(", ", calls.Driver.ImageFamilies.Order(StringComparer.Ordinal))}.";
        return new CloudException(CloudErrorCode.NotFound, $"Cloud '{calls.Cloud.Name}' has no image '{spec.Image}' for {offer.Shape.Architecture}{(region.Length > 0 ? $" in {region}" : "")}. {families}")
        {
            Reason = ComputeErrorReasons.ImageNotFound,
            Resource = spec.Image.ToString(),
        };
    }
}
