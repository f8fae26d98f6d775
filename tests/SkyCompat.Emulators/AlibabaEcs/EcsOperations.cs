using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>The operations of ECS by name.</summary>
internal sealed class EcsOperations
{
    public EcsOperations(EcsState state, EcsEmulatorOptions options)
    {
        var launches = new EcsLaunchCalls(state, options);
        var machines = new EcsMachineCalls(state, options);
        var catalogue = new EcsCatalogueCalls(state, options);
        var groups = new EcsGroupCalls(state, options);
        var keys = new EcsKeyCalls(state);
        var volumes = new EcsVolumeCalls(state, options);
        All = new Dictionary<string, Func<EcsCall, JsonObject>>(StringComparer.Ordinal)
        {
            ["RunInstances"] = launches.Run,
            ["DescribeInstances"] = machines.Describe,
            ["StartInstance"] = machines.Start,
            ["StopInstance"] = machines.Stop,
            ["RebootInstance"] = machines.Reboot,
            ["DeleteInstance"] = machines.Delete,
            ["GetInstanceConsoleOutput"] = machines.Console,
            ["DescribeInstanceTypes"] = catalogue.Types,
            ["DescribeAvailableResource"] = catalogue.Available,
            ["DescribePrice"] = catalogue.Price,
            ["DescribeImages"] = catalogue.Images,
            ["CreateSecurityGroup"] = groups.Create,
            ["DescribeSecurityGroups"] = groups.Describe,
            ["DescribeSecurityGroupAttribute"] = groups.Rules,
            ["AuthorizeSecurityGroup"] = groups.Authorize,
            ["RevokeSecurityGroup"] = groups.Revoke,
            ["DeleteSecurityGroup"] = groups.Delete,
            ["ImportKeyPair"] = keys.Import,
            ["DescribeKeyPairs"] = keys.Describe,
            ["DeleteKeyPairs"] = keys.Delete,
            ["CreateDisk"] = volumes.Create,
            ["DescribeDisks"] = volumes.Describe,
            ["AttachDisk"] = volumes.Attach,
            ["DetachDisk"] = volumes.Detach,
            ["DeleteDisk"] = volumes.Delete,
            ["CreateSnapshot"] = volumes.Copy,
            ["DescribeSnapshots"] = volumes.DescribeCopies,
            ["DeleteSnapshot"] = volumes.DeleteCopy,
        };
    }

    public IReadOnlyDictionary<string, Func<EcsCall, JsonObject>> All { get; }
}
