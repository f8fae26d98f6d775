using SkyCompat.Contracts;
using SkyCompat.Contracts.Signatures;
using SkyCompat.Emulators.Clusters;

namespace SkyCompat.Clusters.Tests.Managed.Aws;

/// <summary>EKS as this repository's fake has it.</summary>
public sealed class EksHarness : EmulatedHarness<EksEmulator>
{
    public const string Region = "eu-central-1";
    private const string KeyId = "AKIDEXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public override string Provider => "Aws";

    public override string InstanceType => "m5.large";

    public override string OtherInstanceType => "m5.xlarge";

    public override IReadOnlyList<string> SubnetIds => ["subnet-1", "subnet-2"];

    public static Dictionary<string, string?> Settings(Uri endpoint) => new(StringComparer.Ordinal)
    {
        ["EksEndpoint"] = endpoint.GetLeftPart(UriPartial.Authority),
        ["EksClusterRole"] = "arn:aws:iam::123456789012:role/eks",
        ["EksNodeRole"] = "arn:aws:iam::123456789012:role/node",
        ["AccessKeyId"] = KeyId,
        ["SecretAccessKey"] = Secret,
    };

    internal static ContractService Describe(Uri endpoint) => new()
    {
        Description = ContractSpecs.Get(ContractSpecs.Eks),
        Endpoint = endpoint,
        Server = "eks-emulator",
        Signatures = new SigV4Verifier(key => key == KeyId ? Secret : null),
        RequiresSignature = true,
    };

    private protected override ClusterHost Start(string owner) =>
        ClusterHost.Start("Aws", Region, owner, Settings(Emulator.Endpoint), Contracts, [Describe(Emulator.Endpoint)], builder => builder.AddAws());
}
