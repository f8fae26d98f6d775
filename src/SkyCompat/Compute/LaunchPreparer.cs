using System.Globalization;
using SkyCompat.Drivers;

namespace SkyCompat.Compute;

/// <summary>Finds or makes what a launch needs before its first instance.</summary>
internal sealed class LaunchPreparer(ComputeCalls calls, string owner)
{
    /// <summary>The names of the instances of a launch.</summary>
    public static IReadOnlyList<string> NamesOf(LaunchSpec spec) =>
        spec.Count == 1 ? [spec.IdempotencyKey] : [.. Enumerable.Range(1, spec.Count).Select(n => string.Create(CultureInfo.InvariantCulture, $"{spec.IdempotencyKey}-{n}"))];

    /// <summary>Finds or makes what the instances need, all of it safe to find or make again.</summary>
    public async Task<LaunchRequest> PrepareAsync(LaunchSpec spec, Offer offer, string region, string fingerprint, IReadOnlyList<Instance> found, CancellationToken cancellationToken)
    {
        var key = spec.IdempotencyKey;
        var image = await calls.SendAsync("FindImage", spec.Image.ToString(), (driver, token) => driver.TryFindImageAsync(spec.Image, offer.Shape.Architecture, region, token), cancellationToken).ConfigureAwait(false)
            ?? throw NoImage(spec, offer, region);
        var shared = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Owner] = owner };
        var tags = new Dictionary<string, string>(spec.Tags, StringComparer.Ordinal)
        {
            [ComputeTags.Owner] = owner,
            [ComputeTags.Key] = key,
            [ComputeTags.Spec] = fingerprint,
        };
        string? groupId = null;
        if (spec.Inbound.Count > 0)
        {
            var name = ComputeTags.Prefix + Fingerprint.Of(8, [owner, Fingerprint.Of(spec.Inbound, spec.SubnetId)]);
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
            Names = NamesOf(spec),
            MinCount = spec.MinCount ?? spec.Count,

            // Instances that are gone make it another launch: providers would answer the old token with the dead instances for as long as they show them.
            ClientToken = Fingerprint.Of(32, [owner, key, fingerprint, .. found.Where(instance => !Launcher.IsLive(instance)).Select(instance => instance.Id).Order(StringComparer.Ordinal)]),
            Tags = tags,
            SharedTags = shared,
            FirewallGroupId = groupId,
            KeyPairName = keyPair,
        };
        return request with { Prepared = await calls.SendAsync("PrepareLaunch", key, (driver, token) => driver.PrepareAsync(request, token), cancellationToken).ConfigureAwait(false) };
    }

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
