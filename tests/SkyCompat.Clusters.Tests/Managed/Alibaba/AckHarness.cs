using SkyCompat.Contracts;
using SkyCompat.Contracts.Signatures;
using SkyCompat.Emulators.AlibabaEcs;
using SkyCompat.Emulators.Clusters;

namespace SkyCompat.Clusters.Tests.Managed.Alibaba;

/// <summary>ACK as this repository's fake has it, with the networks of that of ECS.</summary>
public sealed class AckHarness : EmulatedHarness<AckEmulator>
{
    public const string Region = "cn-hangzhou";
    private EcsEmulator? _machines;

    public override string Provider => "Alibaba";

    public override string InstanceType => "ecs.g7.large";

    public override string OtherInstanceType => "ecs.g7.xlarge";

    public override async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        _machines = await EcsEmulator.StartAsync(new EcsEmulatorOptions());
        await base.InitializeAsync(cancellationToken);
    }

    private protected override ClusterHost Start(string owner)
    {
        var verifier = new Acs3Verifier(key => key == EcsAccount.Main.AccessKeyId ? EcsAccount.Main.AccessKeySecret : null);
        return ClusterHost.Start(
            "Alibaba",
            Region,
            owner,
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["AckEndpoint"] = Emulator.Endpoint.GetLeftPart(UriPartial.Authority),
                ["EcsEndpoint"] = _machines!.Endpoint.GetLeftPart(UriPartial.Authority),
                ["VpcEndpoint"] = _machines.VpcEndpoint.GetLeftPart(UriPartial.Authority),
                ["AccessKeyId"] = EcsAccount.Main.AccessKeyId,
                ["AccessKeySecret"] = EcsAccount.Main.AccessKeySecret,
            },
            Contracts,
            [
                new() { Description = ContractSpecs.Get(ContractSpecs.AlibabaContainerService), Endpoint = Emulator.Endpoint, Server = "ack-emulator", Signatures = verifier, RequiresSignature = true },
                new() { Description = ContractSpecs.Get(ContractSpecs.Ecs), Endpoint = _machines.Endpoint, Server = "ecs-emulator", Signatures = verifier, RequiresSignature = true },
                new() { Description = ContractSpecs.Get(ContractSpecs.AlibabaVpc), Endpoint = _machines.VpcEndpoint, Server = "ecs-emulator", Signatures = verifier, RequiresSignature = true },
            ],
            builder => builder.AddAlibaba());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        if (_machines is not null)
        {
            await _machines.DisposeAsync();
        }
    }
}
