using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>Networks and vSwitches.</summary>
internal sealed class VpcNetCalls(EcsState state, EcsEmulatorOptions options)
{
    public static JsonObject Zones(EcsCall call) => new()
    {
        ["Zones"] = EcsJson.List("Zone", EcsState.Zones[call.Region].Select(zone => (JsonNode)new JsonObject { ["ZoneId"] = zone, ["LocalName"] = zone, ["ZoneType"] = "AvailabilityZone" })),
    };

    public JsonObject Create(EcsCall call)
    {
        var net = new VpcNet { Id = state.NewId("vpc"), Region = call.Region, Name = call.Text("VpcName") ?? "", CreatedAt = call.Second, Range = call.Text("CidrBlock") ?? "172.16.0.0/12", Tags = call.Tags() };
        net.Go(options.CallsPerState, "Pending", "Available");
        state.Nets.Add(net);
        return new JsonObject { ["VpcId"] = net.Id, ["VRouterId"] = "vrt-" + net.Id, ["RouteTableId"] = "vtb-" + net.Id, ["ResourceGroupId"] = "" };
    }

    public JsonObject Describe(EcsCall call)
    {
        var found = state.Nets.FindAll(net => net.Region == call.Region && call.Fits("VpcId", net.Id) && call.Fits("VpcName", net.Name) && call.TagsFit(net.Tags));
        var reply = EcsJson.NumberPage(call, "Vpcs", "Vpc", found, net => new JsonObject
        {
            ["VpcId"] = net.Id,
            ["VpcName"] = net.Name,
            ["CidrBlock"] = net.Range,
            ["Status"] = net.Status,
            ["RegionId"] = net.Region,
            ["CreationTime"] = net.CreatedAt,
            ["IsDefault"] = false,
            ["Description"] = "",
            ["VSwitchIds"] = EcsJson.Texts("VSwitchId", state.Subnets.Where(subnet => subnet.VpcId == net.Id).Select(subnet => subnet.Id)),
            ["Tags"] = EcsJson.VpcTags(net),
        });
        found.ForEach(net => net.Pass(options.CallsPerState));
        return reply;
    }

    public JsonObject Delete(EcsCall call)
    {
        var net = FindNet(call);
        if (state.Subnets.Exists(subnet => subnet.VpcId == net.Id))
        {
            // Those that are being deleted get on.
            state.Subnets.FindAll(subnet => subnet.VpcId == net.Id && subnet.IsChanging).ForEach(Pass);
            throw new EcsErrorException(400, "DependencyViolation.VSwitch", "Specified object has dependent resources.");
        }

        if (state.Groups.Exists(group => group.VpcId == net.Id))
        {
            throw new EcsErrorException(400, "DependencyViolation.SecurityGroup", "Specified object has dependent resources.");
        }

        state.Nets.Remove(net);
        return [];
    }

    public JsonObject CreateSubnet(EcsCall call)
    {
        var net = FindNet(call);
        var zone = call.Need("ZoneId");
        if (!EcsState.Zones[net.Region].Contains(zone, StringComparer.Ordinal))
        {
            throw EcsErrorException.NotFound("InvalidZoneId", zone);
        }

        if (net.Status != "Available")
        {
            throw new EcsErrorException(400, "IncorrectVpcStatus", "Current VPC status does not support this operation.");
        }

        var range = call.Need("CidrBlock");
        if (!System.Net.IPNetwork.TryParse(range, out var wanted) || !System.Net.IPNetwork.Parse(net.Range).Contains(wanted.BaseAddress) || wanted.PrefixLength is < 16 or > 29)
        {
            throw new EcsErrorException(400, "InvalidCidrBlock.Malformed", "The specified CIDR block is not valid.");
        }

        if (state.Subnets.Exists(other => other.VpcId == net.Id && Overlaps(other.Range, wanted)))
        {
            throw new EcsErrorException(400, "InvalidCidrBlock.Overlapped", "Specified CIDR block overlapped with other subnets.");
        }

        var subnet = new VpcSubnet { Id = state.NewId("vsw"), Region = net.Region, Name = call.Text("VSwitchName") ?? "", CreatedAt = call.Second, ZoneId = zone, VpcId = net.Id, Range = range, Tags = call.Tags() };
        subnet.Go(options.CallsPerState, "Pending", "Available");
        state.Subnets.Add(subnet);
        return new JsonObject { ["VSwitchId"] = subnet.Id };
    }

    public JsonObject DescribeSubnets(EcsCall call)
    {
        var found = state.Subnets.FindAll(subnet => call.Fits("RegionId", subnet.Region) && call.Fits("VpcId", subnet.VpcId) && call.Fits("VSwitchId", subnet.Id) && call.Fits("ZoneId", subnet.ZoneId) && call.TagsFit(subnet.Tags));
        var reply = EcsJson.NumberPage(call, "VSwitches", "VSwitch", found, subnet => new JsonObject
        {
            ["VSwitchId"] = subnet.Id,
            ["VSwitchName"] = subnet.Name,
            ["VpcId"] = subnet.VpcId,
            ["ZoneId"] = subnet.ZoneId,
            ["CidrBlock"] = subnet.Range,
            ["Status"] = subnet.Status,
            ["CreationTime"] = subnet.CreatedAt,
            ["AvailableIpAddressCount"] = 252,
            ["IsDefault"] = false,
            ["Tags"] = EcsJson.VpcTags(subnet),
        });
        found.ForEach(Pass);
        return reply;
    }

    public JsonObject DeleteSubnet(EcsCall call)
    {
        var subnet = state.Subnets.Find(subnet => subnet.Id == call.Need("VSwitchId")) ?? throw EcsErrorException.NotFound("InvalidVswitchID", call.Need("VSwitchId"));
        if (state.Machines.Exists(machine => machine.VSwitchId == subnet.Id))
        {
            throw new EcsErrorException(400, "DependencyViolation", "Specified object has dependent resources.");
        }

        if (!subnet.IsChanging)
        {
            subnet.Go(options.CallsPerState, "Pending", "");
        }

        return [];
    }

    private static bool Overlaps(string one, System.Net.IPNetwork other)
    {
        var range = System.Net.IPNetwork.Parse(one);
        return range.Contains(other.BaseAddress) || other.Contains(range.BaseAddress);
    }

    private void Pass(VpcSubnet subnet)
    {
        if (!subnet.Pass(options.CallsPerState))
        {
            state.Subnets.Remove(subnet);
        }
    }

    private VpcNet FindNet(EcsCall call) => state.Nets.Find(net => net.Id == call.Need("VpcId")) ?? throw EcsErrorException.NotFound("InvalidVpcID", call.Need("VpcId"));
}
