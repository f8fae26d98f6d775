using SkyCompat.Compute;
using SkyCompat.Conformance.Internal;

namespace SkyCompat.Conformance.Suites;

/// <summary>Launching: once for each key, wholly or not at all.</summary>
internal static class LaunchCases
{
    // The public half of a key that was thrown away.
    internal const string PublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2hXfQ2eNqXQ7mTn3oLw4yGm2hQ6mC8m1V0yN1oZr9k conformance";

    public static IReadOnlyList<ComputeCase> All { get; } =
    [
        new("launch.runs", "A launched instance comes to run, with the properties of its offer", Runs),
        new("launch.tags", "Tags are carried, and the engine's own added", Tags),
        new("launch.key.same", "Launching twice with one key gives the same instance", SameKey),
        new("launch.key.elsewhere", "Another process that launches with the key gets the same instance", SameKeyElsewhere),
        new("launch.key.other", "A key with other parameters is a conflict, and launches nothing", OtherParameters),
        new("launch.key.again", "A key can be used again when its instance is gone", AfterTerminate),
        .. BadKeys.Select(bad => new ComputeCase($"launch.key.bad.{bad.Id}", "A malformed key is refused before any request", (c, t) => RefuseAsync(c, spec => spec with { IdempotencyKey = bad.Key }, t))),
        new("launch.several", "Several instances come to run under one key", Several),
        new("launch.several.same", "Launching several twice with one key gives the same instances", SeveralTwice),
        new("launch.count.zero", "A count below one is refused", (c, t) => RefuseAsync(c, spec => spec with { Count = 0 }, t)),
        new("launch.count.much", "A count over the limit is refused", (c, t) => RefuseAsync(c, spec => spec with { Count = c.Compute.Capabilities.MaxLaunchCount + 1 }, t)),
        new("launch.minimum.over", "A minimum over the count is refused", (c, t) => RefuseAsync(c, spec => spec with { Count = 2, MinCount = 3 }, t)),
        new("launch.image.unknown", "An unknown image fails with NotFound, and launches nothing", UnknownImage),
        new("launch.user-data", "User data is carried", UserData) { Requires = ComputeFeatures.UserData },
        new("launch.user-data.large", "User data over the limit is refused before any request", LargeUserData) { Requires = ComputeFeatures.UserData },
        new("launch.public-address", "A public address is there once it runs", Address) { Requires = ComputeFeatures.PublicAddress },
        new("launch.inbound", "Instances of the same rules share a firewall group", Inbound) { Requires = ComputeFeatures.Firewall },
        new("launch.inbound.bad", "A malformed rule is refused before any request", (c, t) => RefuseAsync(c, spec => spec with { Inbound = [FirewallRule.Tcp(70_000)] }, t)) { Requires = ComputeFeatures.Firewall },
        new("launch.ssh-key", "A public key is taken", SshKey) { Requires = ComputeFeatures.SshKeys },
        new("launch.ssh-key.private", "A private key is refused, and not repeated", PrivateKey) { Requires = ComputeFeatures.SshKeys },
        new("launch.spot", "A spot instance says that it is one", Spot) { Requires = ComputeFeatures.Spot },
        new("launch.boot-disk", "A boot disk of one's own size is taken", BootDisk) { Requires = ComputeFeatures.Disks },
        new("launch.tags.reserved", "A tag of the engine's names is refused", (c, t) => RefuseAsync(c, spec => spec with { Tags = One("skycompat-x", "y") }, t)),
        new("launch.tags.long", "A tag that does not fit is refused before any request", LongTag),
        new("launch.offer.foreign", "An offer of another cloud is refused", ForeignOffer),
        new("launch.unsupported", "What the cloud lacks is refused before any request, and launches nothing", Unsupported),
        new("launch.cancelled", "A cancelled launch launches nothing", Cancelled),
    ];

    private static (string Id, string Key)[] BadKeys => [("empty", ""), ("upper", "Abc"), ("digit-first", "1a"), ("space", "a b"), ("hyphen-last", "a-"), ("long", new string('a', 41)), ("non-ascii", "aä")];

    private static Dictionary<string, string> One(string name, string value) => new(StringComparer.Ordinal) { [name] = value };

    private static async Task RefuseAsync(ComputeContext context, Func<LaunchSpec, LaunchSpec> spoil, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        await Expect.RefusedAsync(() => context.Compute.LaunchAsync(spoil(context.Spec()), offer, cancellationToken));
    }

    private static async Task Runs(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var spec = context.Spec();
        var instance = (await context.Compute.LaunchAndWaitAsync(spec, offer, cancellationToken)).Single();
        Expect.Equal(InstancePhase.Running, instance.Phase);
        Expect.Equal(offer.InstanceType, instance.InstanceType);
        Expect.Equal(offer.Location.Region, instance.Location.Region);
        Expect.True(offer.Location.Zone is null || offer.Location.Zone == instance.Location.Zone, $"{instance.Location.Zone} is the zone {offer.Location.Zone} of the offer");
        Expect.Equal(Market.OnDemand, instance.Market);
        Expect.Equal(context.Compute.Name, instance.Cloud);
        Expect.Equal(context.Harness.IsBilled, instance.ComputeBilled, "whether a running instance is billed");
        Expect.Equal(spec.IdempotencyKey, instance.Name);
        Expect.True(instance.RawState.Length > 0);
        Expect.True(!instance.Preempted);
        Expect.True(instance.PrivateAddresses.Count > 0);
        Expect.True(instance.ObservedAt > DateTimeOffset.UnixEpoch);
    }

    private static async Task Tags(ComputeContext context, CancellationToken cancellationToken)
    {
        var spec = context.Spec() with { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "blue", ["empty"] = "" } };
        var instance = (await context.Compute.LaunchAndWaitAsync(spec, await context.OfferAsync(Market.OnDemand, cancellationToken), cancellationToken)).Single();
        Expect.Equal("blue", instance.Tags.GetValueOrDefault("team"));
        Expect.Equal("", instance.Tags.GetValueOrDefault("empty"));
        Expect.Equal(spec.IdempotencyKey, instance.Tags.GetValueOrDefault(ComputeTags.Key));
        Expect.True(instance.Tags.ContainsKey(ComputeTags.Owner));
    }

    private static async Task SameKey(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var spec = context.Spec();
        var first = (await context.Compute.LaunchAndWaitAsync(spec, offer, cancellationToken)).Single();
        var second = (await context.Compute.LaunchAndWaitAsync(spec, offer, cancellationToken)).Single();
        Expect.Equal(first.Id, second.Id);
        Expect.Equal(1, (await context.ListKeyAsync(spec.IdempotencyKey, cancellationToken)).Count, "how many instances the key has");
    }

    private static async Task SameKeyElsewhere(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var spec = context.Spec();
        await context.Compute.LaunchAsync(spec, offer, cancellationToken);
        var first = (await context.Compute.LaunchAndWaitAsync(spec, offer, cancellationToken)).Single();
        var second = (await context.Harness.OpenAgain().LaunchAndWaitAsync(spec, offer, cancellationToken)).Single();
        Expect.Equal(first.Id, second.Id);
        Expect.Equal(1, (await context.ListKeyAsync(spec.IdempotencyKey, cancellationToken)).Count, "how many instances the key has");
    }

    private static async Task OtherParameters(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var spec = context.Spec();
        await context.Compute.LaunchAndWaitAsync(spec, offer, cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.Conflict, ComputeErrorReasons.KeyReused, () => context.Compute.LaunchAsync(spec with { Tags = One("team", "red") }, offer, cancellationToken));
        Expect.Equal(1, (await context.ListKeyAsync(spec.IdempotencyKey, cancellationToken)).Count, "how many instances the key has");
    }

    private static async Task AfterTerminate(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var spec = context.Spec();
        var first = (await context.Compute.LaunchAndWaitAsync(spec, offer, cancellationToken)).Single();
        await context.ActAsync(first.Id, InstanceAction.Terminate, cancellationToken);
        var second = (await context.Compute.LaunchAndWaitAsync(spec, offer, cancellationToken)).Single();
        Expect.Equal(InstancePhase.Running, second.Phase);
        Expect.Equal(1, (await context.ListKeyAsync(spec.IdempotencyKey, cancellationToken)).Count(instance => instance.Phase == InstancePhase.Running), "how many instances run");
    }

    private static async Task Several(ComputeContext context, CancellationToken cancellationToken)
    {
        var spec = context.Spec() with { Count = 3 };
        var instances = await context.Compute.LaunchAndWaitAsync(spec, await context.OfferAsync(Market.OnDemand, cancellationToken), cancellationToken);
        Expect.Equal(3, instances.Select(instance => instance.Id).Distinct(StringComparer.Ordinal).Count());
        Expect.True(instances.All(instance => instance.Phase == InstancePhase.Running));
        Expect.Equal(3, (await context.ListKeyAsync(spec.IdempotencyKey, cancellationToken)).Count, "how many instances are listed");
    }

    private static async Task SeveralTwice(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var spec = context.Spec() with { Count = 2, MinCount = 1 };
        var first = await context.Compute.LaunchAndWaitAsync(spec, offer, cancellationToken);
        var second = await context.Compute.LaunchAndWaitAsync(spec, offer, cancellationToken);
        Expect.Sequence(first.Select(instance => instance.Id).Order(StringComparer.Ordinal), second.Select(instance => instance.Id).Order(StringComparer.Ordinal), "the instances");
    }

    private static async Task UnknownImage(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var spec = context.Spec() with { Image = ImageReference.OfFamily("no-such-family") };
        await Expect.FailsAsync(CloudErrorCode.NotFound, ComputeErrorReasons.ImageNotFound, () => context.Compute.LaunchAsync(spec, offer, cancellationToken));
        Expect.Equal(0, (await context.ListKeyAsync(spec.IdempotencyKey, cancellationToken)).Count);
    }

    private static async Task UserData(ComputeContext context, CancellationToken cancellationToken)
    {
        var spec = context.Spec() with { UserData = context.Harness.UserData };
        var operation = await context.Compute.LaunchAsync(spec, await context.OfferAsync(Market.OnDemand, cancellationToken), cancellationToken);
        Expect.Equal(InstancePhase.Running, (await operation.WaitAsync(null, cancellationToken)).Single().Phase);
    }

    private static async Task LargeUserData(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var spec = context.Spec() with { UserData = "#!/bin/sh\n#" + new string('x', context.Compute.Capabilities.MaxUserDataBytes) };
        await Expect.FailsAsync(CloudErrorCode.InvalidArgument, ComputeErrorReasons.UserDataTooLarge, () => context.Compute.LaunchAsync(spec, offer, cancellationToken));
    }

    private static async Task Address(ComputeContext context, CancellationToken cancellationToken)
    {
        var spec = context.Spec() with { PublicAddress = true };
        var instance = (await context.Compute.LaunchAndWaitAsync(spec, await context.OfferAsync(Market.OnDemand, cancellationToken), cancellationToken)).Single();
        Expect.True(instance.PublicAddresses.Count > 0);
        Expect.True(System.Net.IPAddress.TryParse(instance.PublicAddresses[0], out _));
    }

    private static async Task Inbound(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        IReadOnlyList<FirewallRule> rules = [FirewallRule.Tcp(8443), FirewallRule.Tcp(22, "203.0.113.0/24")];
        var first = (await context.Compute.LaunchAndWaitAsync(context.Spec() with { Inbound = rules }, offer, cancellationToken)).Single();
        var second = (await context.Compute.LaunchAndWaitAsync(context.Spec() with { Inbound = [.. rules.Reverse()] }, offer, cancellationToken)).Single();
        var name = Expect.NotNull(first.Tags.GetValueOrDefault(ComputeTags.Firewall));
        Expect.Equal(name, second.Tags.GetValueOrDefault(ComputeTags.Firewall));
        var groups = new List<FirewallGroup>();
        await foreach (var group in context.Service<IFirewallGroups>().ListAsync(cancellationToken: cancellationToken))
        {
            groups.Add(group);
        }

        var found = groups.Where(group => group.Name == name).ToList();
        Expect.Equal(1, found.Count, "the groups of that name");
        Expect.Sequence(rules.Select(rule => rule.ToString()).Order(StringComparer.Ordinal), found[0].Inbound.Select(rule => rule.ToString()).Order(StringComparer.Ordinal), "the rules");
    }

    private static async Task SshKey(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        for (var i = 0; i < 2; i++)
        {
            Expect.Equal(InstancePhase.Running, (await context.Compute.LaunchAndWaitAsync(context.Spec() with { SshPublicKey = PublicKey }, offer, cancellationToken)).Single().Phase);
        }
    }

    private static async Task PrivateKey(ComputeContext context, CancellationToken cancellationToken)
    {
        const string secret = "MIIEowIBAAKCAQEA";
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var refused = await Expect.ThrowsAsync<ArgumentException>(
            () => context.Compute.LaunchAsync(context.Spec() with { SshPublicKey = $"-----BEGIN RSA PRIVATE KEY-----\n{secret}\n-----END RSA PRIVATE KEY-----" }, offer, cancellationToken));
        Expect.True(!refused.ToString().Contains(secret, StringComparison.Ordinal));
    }

    private static async Task Spot(ComputeContext context, CancellationToken cancellationToken)
    {
        var instance = (await context.Compute.LaunchAndWaitAsync(context.Spec(), await context.OfferAsync(Market.Spot, cancellationToken), cancellationToken)).Single();
        Expect.Equal(Market.Spot, instance.Market);
    }

    private static async Task BootDisk(ComputeContext context, CancellationToken cancellationToken)
    {
        var spec = context.Spec() with { BootDiskGiB = 64 };
        Expect.Equal(InstancePhase.Running, (await context.Compute.LaunchAndWaitAsync(spec, await context.OfferAsync(Market.OnDemand, cancellationToken), cancellationToken)).Single().Phase);
    }

    private static async Task LongTag(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var value = new string('v', context.Compute.Capabilities.MaxTagValueLength + 1);
        await Expect.FailsAsync(
            CloudErrorCode.InvalidArgument, ComputeErrorReasons.TagNotSupported, () => context.Compute.LaunchAsync(context.Spec() with { Tags = One("team", value) }, offer, cancellationToken));
    }

    private static async Task ForeignOffer(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        await Expect.ThrowsAsync<ArgumentException>(() => context.Compute.LaunchAsync(context.Spec(), offer with { Cloud = "another" }, cancellationToken));
    }

    private static async Task Unsupported(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        (ComputeFeatures Feature, Func<LaunchSpec, LaunchSpec> Ask)[] asks =
        [
            (ComputeFeatures.Firewall, spec => spec with { Inbound = [FirewallRule.Tcp(80)] }),
            (ComputeFeatures.Networks, spec => spec with { SubnetId = "subnet" }),
            (ComputeFeatures.PublicAddress, spec => spec with { PublicAddress = true }),
            (ComputeFeatures.SshKeys, spec => spec with { SshPublicKey = PublicKey }),
            (ComputeFeatures.Disks, spec => spec with { BootDiskGiB = 20 }),
            (ComputeFeatures.UserData, spec => spec with { UserData = "#!/bin/sh\n" }),
        ];
        foreach (var (_, ask) in asks.Where(item => !context.Has(item.Feature)))
        {
            var spec = ask(context.Spec());
            await Expect.FailsAsync(CloudErrorCode.Unsupported, null, () => context.Compute.LaunchAsync(spec, offer, cancellationToken));
            Expect.Equal(0, (await context.ListKeyAsync(spec.IdempotencyKey, cancellationToken)).Count);
        }
    }

    private static async Task Cancelled(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var spec = context.Spec();
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Expect.ThrowsAsync<OperationCanceledException>(() => context.Compute.LaunchAsync(spec, offer, source.Token));
        Expect.Equal(0, (await context.ListKeyAsync(spec.IdempotencyKey, cancellationToken)).Count);
    }
}
