using SkyCompat.Drivers;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>Launches as the engine hands them to a driver.</summary>
internal static class EcsLaunches
{
    public const string Image = "ubuntu_24_04_x64_20G_alibase_20251102.vhd";

    public static Dictionary<string, string> Owner { get; } = new(StringComparer.Ordinal) { [ComputeTags.Owner] = "tests" };

    public static Offer Offer(string type = "ecs.g7.large", string zone = EcsTestCloud.Zone, Market market = Market.OnDemand, string region = EcsTestCloud.Region) => new()
    {
        Location = new CloudLocation(region, zone),
        InstanceType = type,
        Market = market,
        Shape = new MachineShape(2, 8),
    };

    public static LaunchRequest Request(string key = "web", int count = 1, int? least = null, Offer? offer = null, LaunchSpec? spec = null) => new()
    {
        Spec = spec ?? new LaunchSpec { IdempotencyKey = key, Image = ImageReference.OfId(Image) },
        Offer = offer ?? Offer(),
        Image = new MachineImage(Image),
        Names = count == 1 ? [key] : [.. Enumerable.Range(1, count).Select(number => $"{key}-{number}")],
        MinCount = least ?? count,
        ClientToken = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)))[..32],
        Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Owner] = "tests", [ComputeTags.Key] = key, [ComputeTags.Spec] = "0123456789abcdef" },
        SharedTags = Owner,
    };

    /// <summary>An offer as the engine makes it.</summary>
    public static Offer EngineOffer(this EcsTestCloud cloud) => Offer() with { Cloud = cloud.Compute.Name, Provider = CloudProvider.Alibaba };

    /// <summary>Prepares as often as it takes.</summary>
    public static async Task<LaunchRequest> PreparedAsync(this EcsTestCloud cloud, LaunchRequest request) =>
        request with { Prepared = await EcsTestCloud.RetryAsync(() => cloud.Driver.PrepareAsync(request, default)) };

    public static async Task<IReadOnlyList<string>> LaunchAsync(this EcsTestCloud cloud, LaunchRequest request) => (await cloud.Driver.LaunchAsync(await cloud.PreparedAsync(request), default)).Ids;

    /// <summary>Launches one and looks until it runs.</summary>
    public static async Task<Instance> RunAsync(this EcsTestCloud cloud, LaunchRequest? request = null) => await cloud.LookUntilAsync((await cloud.LaunchAsync(request ?? Request()))[0], InstancePhase.Running);

    /// <summary>Looks until an instance is in a phase; the emulator moves on with each look.</summary>
    public static async Task<Instance> LookUntilAsync(this EcsTestCloud cloud, string id, InstancePhase phase)
    {
        for (var look = 0; look < 10; look++)
        {
            if (await cloud.Driver.TryGetAsync(id, default) is { } instance && instance.Phase == phase)
            {
                return instance;
            }
        }

        throw new InvalidOperationException($"{id} does not come to {phase}.");
    }
}
