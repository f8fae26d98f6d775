using SkyCompat.Drivers;

namespace SkyCompat.Compute.Tests.Aws;

/// <summary>Replies of EC2 and requests of the engine.</summary>
internal static class Ec2Samples
{
    public const string Id = "i-1234567890abcdef0";

    public static string Instances(params string[] items) =>
        $"<reservationSet><item><reservationId>r-1234567890abcdef0</reservationId><ownerId>123456789012</ownerId><groupSet/><instancesSet>{string.Concat(items)}</instancesSet></item></reservationSet>";

    public static string Instance(string state, string? reason = null, string id = Id, string extra = "", string tags = "") =>
        $"""
        <item><instanceId>{id}</instanceId><imageId>ami-0abcdef1234567890</imageId><instanceState><code>16</code><name>{state}</name></instanceState><privateDnsName/><dnsName/><amiLaunchIndex>0</amiLaunchIndex>
        <instanceType>t3.micro</instanceType><launchTime>2026-01-02T03:04:05.000Z</launchTime><placement><availabilityZone>eu-central-1a</availabilityZone><groupName/><tenancy>default</tenancy></placement>
        {(reason is null ? "" : $"<stateReason><code>{reason}</code><message>{reason}: why</message></stateReason>")}{(tags.Length == 0 ? "" : $"<tagSet>{tags}</tagSet>")}{extra}</item>
        """;

    public static string Tag(string key, string value) => $"<item><key>{key}</key><value>{value}</value></item>";

    /// <summary>What RunInstances answers: the reservation itself is the reply.</summary>
    public static string Reservation(params string[] items) =>
        $"<reservationId>r-1234567890abcdef0</reservationId><ownerId>123456789012</ownerId><groupSet/><instancesSet>{string.Concat(items)}</instancesSet>";

    public static Offer Offer(Market market = Market.OnDemand, string? zone = "eu-central-1a", string type = "t3.micro", string region = AwsTestCloud.Region) =>
        new() { Location = new CloudLocation(region, zone), InstanceType = type, Market = market, Shape = new MachineShape(2, 1) };

    public static LaunchRequest Launch(LaunchSpec? spec = null, Offer? offer = null, string image = "ami-0abcdef1234567890", IReadOnlyList<string>? names = null, int? minCount = null) => new()
    {
        Spec = spec ?? new LaunchSpec { IdempotencyKey = "web", Image = ImageReference.OfId(image) },
        Offer = offer ?? Offer(),
        Image = new MachineImage(image),
        Names = names ?? ["web"],
        MinCount = minCount ?? names?.Count ?? 1,
        ClientToken = "0123456789abcdef0123456789abcdef",
        Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Owner] = "tests", [ComputeTags.Key] = "web", [ComputeTags.Spec] = "0123456789abcdef", ["team"] = "blue" },
        SharedTags = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Owner] = "tests" },
        Prepared = new Dictionary<string, string>(StringComparer.Ordinal) { ["subnet"] = "subnet-1234567890abcdef0", ["root-device"] = "/dev/xvda" },
    };
}
