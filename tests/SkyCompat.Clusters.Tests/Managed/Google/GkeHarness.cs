using SkyCompat.Contracts;
using SkyCompat.Emulators.Clusters;

namespace SkyCompat.Clusters.Tests.Managed.Google;

/// <summary>GKE as this repository's fake has it.</summary>
public sealed class GkeHarness : EmulatedHarness<GkeEmulator>
{
    public const string Token = "ya29.test";
    public const string Region = "europe-west3";

    public override string Provider => "Google";

    public override string InstanceType => "e2-standard-2";

    public override string OtherInstanceType => "e2-standard-4";

    public static Dictionary<string, string?> Settings(Uri endpoint) => new(StringComparer.Ordinal)
    {
        ["ContainerEndpoint"] = endpoint.GetLeftPart(UriPartial.Authority),
        ["ClusterLocation"] = Region + "-a",
        ["ProjectId"] = "emulator",
        ["AccessToken"] = Token,
    };

    internal static ContractService Describe(Uri endpoint) =>
        new() { Description = ContractSpecs.Get(ContractSpecs.GoogleContainer), Endpoint = endpoint, Server = "gke-emulator", Signatures = new BearerVerifier(Token), RequiresSignature = true };

    private protected override ClusterHost Start(string owner) =>
        ClusterHost.Start("Google", Region, owner, Settings(Emulator.Endpoint), Contracts, [Describe(Emulator.Endpoint)], builder => builder.AddGoogle());
}
