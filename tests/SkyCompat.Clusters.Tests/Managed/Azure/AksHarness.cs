using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Contracts;
using SkyCompat.Emulators.Clusters;

namespace SkyCompat.Clusters.Tests.Managed.Azure;

/// <summary>AKS as this repository's fake has it.</summary>
public sealed class AksHarness : EmulatedHarness<AksEmulator>
{
    public const string Region = "westeurope";
    public const string Subscription = "00000000-0000-0000-0000-000000000001";

    internal StaticToken Identity { get; } = new();

    public override string Provider => "Azure";

    public override string InstanceType => "Standard_D2s_v5";

    public override string OtherInstanceType => "Standard_D4s_v5";

    public static Dictionary<string, string?> Settings(Uri endpoint) => new(StringComparer.Ordinal)
    {
        ["SubscriptionId"] = Subscription,
        ["ResourceGroup"] = "skycompat",
        ["ResourceManagerEndpoint"] = endpoint.GetLeftPart(UriPartial.Authority),
    };

    internal static IReadOnlyList<ContractService> Describe(Uri endpoint) =>
    [
        // The place of operations is told by replies, and described nowhere.
        new() { Description = null, Endpoint = endpoint, Paths = [$"/subscriptions/{Subscription}/providers/Microsoft.ContainerService/locations/{Region}/operations"] },
        new()
        {
            Description = ContractSpecs.Get(ContractSpecs.AzureContainerService),
            Endpoint = endpoint,
            Paths = [$"/subscriptions/{Subscription}/providers/Microsoft.ContainerService", $"/subscriptions/{Subscription}/resourceGroups/skycompat/providers/Microsoft.ContainerService"],
            Server = "aks-emulator",
            Signatures = new BearerVerifier(StaticToken.Text),
            RequiresSignature = true,
        },
    ];

    private protected override ClusterHost Start(string owner) => ClusterHost.Start(
        "Azure",
        Region,
        owner,
        Settings(Emulator.Endpoint),
        Contracts,
        Describe(Emulator.Endpoint),
        builder => builder.AddAzure(),
        services => services.AddKeyedSingleton(typeof(TokenCredential), "it", Identity));
}
