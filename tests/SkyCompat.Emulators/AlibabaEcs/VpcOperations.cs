using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>The operations of VPC by name.</summary>
internal sealed class VpcOperations
{
    public VpcOperations(EcsState state, EcsEmulatorOptions options)
    {
        var nets = new VpcNetCalls(state, options);
        var addresses = new VpcAddressCalls(state, options);
        All = new Dictionary<string, Func<EcsCall, JsonObject>>(StringComparer.Ordinal)
        {
            ["CreateVpc"] = nets.Create,
            ["DescribeVpcs"] = nets.Describe,
            ["DeleteVpc"] = nets.Delete,
            ["CreateVSwitch"] = nets.CreateSubnet,
            ["DescribeVSwitches"] = nets.DescribeSubnets,
            ["DeleteVSwitch"] = nets.DeleteSubnet,
            ["DescribeZones"] = VpcNetCalls.Zones,
            ["AllocateEipAddress"] = addresses.Allocate,
            ["DescribeEipAddresses"] = addresses.Describe,
            ["AssociateEipAddress"] = addresses.Associate,
            ["UnassociateEipAddress"] = addresses.Unassociate,
            ["ReleaseEipAddress"] = addresses.Release,
        };
    }

    public IReadOnlyDictionary<string, Func<EcsCall, JsonObject>> All { get; }
}
