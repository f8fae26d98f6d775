using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>Security groups.</summary>
internal sealed class EcsGroupCalls(EcsState state, EcsEmulatorOptions options)
{
    public JsonObject Create(EcsCall call)
    {
        var vpc = state.Nets.Find(net => net.Id == call.Need("VpcId") && net.Region == call.Region) ?? throw EcsErrorException.NotFound("InvalidVpcId", call.Need("VpcId"));
        if (vpc.Status != "Available")
        {
            throw new EcsErrorException(400, "IncorrectVpcStatus", "Current VPC status does not support this operation.");
        }

        var group = new EcsGroup { Id = state.NewId("sg"), Region = call.Region, CreatedAt = call.Second, VpcId = vpc.Id, Name = call.Text("SecurityGroupName") ?? "", Description = call.Text("Description") ?? "", Tags = call.Tags() };
        state.Groups.Add(group);
        return new JsonObject { ["SecurityGroupId"] = group.Id };
    }

    public JsonObject Describe(EcsCall call)
    {
        var found = state.Groups.FindAll(group => group.Region == call.Region && call.Fits("VpcId", group.VpcId) && call.Fits("SecurityGroupName", group.Name) && call.Fits("SecurityGroupId", group.Id) && call.TagsFit(group.Tags));
        var reply = EcsJson.TokenPage(call, options, "SecurityGroups", "SecurityGroup", found, group => new JsonObject
        {
            ["SecurityGroupId"] = group.Id,
            ["SecurityGroupName"] = group.Name,
            ["SecurityGroupType"] = "normal",
            ["Description"] = group.Description,
            ["VpcId"] = group.VpcId,
            ["CreationTime"] = group.CreatedAt,
            ["ServiceManaged"] = false,
            ["Tags"] = EcsJson.EcsTags(group),
        });
        reply["RegionId"] = call.Region;
        reply["TotalCount"] = found.Count;
        return reply;
    }

    public JsonObject Rules(EcsCall call)
    {
        var group = Find(call);
        var rules = call.Text("Direction") == "egress" ? [] : group.Rules;
        var reply = EcsJson.TokenPage(call, options, "Permissions", "Permission", rules, rule => new JsonObject
        {
            ["SecurityGroupRuleId"] = rule.Id,
            ["Direction"] = "ingress",
            ["IpProtocol"] = rule.Protocol,
            ["PortRange"] = rule.Ports,
            ["SourceCidrIp"] = rule.Source,
            ["Policy"] = rule.Policy,
            ["Priority"] = rule.Priority,
            ["NicType"] = "intranet",
            ["Description"] = rule.Description,
            ["SourceGroupId"] = "",
            ["DestCidrIp"] = "",
            ["CreateTime"] = group.CreatedAt,
        });
        reply["SecurityGroupId"] = group.Id;
        reply["SecurityGroupName"] = group.Name;
        reply["RegionId"] = group.Region;
        reply["VpcId"] = group.VpcId;
        reply["InnerAccessPolicy"] = "Accept";
        return reply;
    }

    public JsonObject Authorize(EcsCall call)
    {
        var group = Find(call);
        var number = 0;
        while (call.Text($"Permissions.{++number}.IpProtocol") is { } protocol)
        {
            string? Part(string name) => call.Text($"Permissions.{number}.{name}");
            var ports = Part("PortRange") ?? throw EcsErrorException.Missing("PortRange");
            if (!System.Text.RegularExpressions.Regex.IsMatch(ports, protocol == "ICMP" ? @"^-1/-1$" : @"^\d+/\d+$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)))
            {
                throw new EcsErrorException(400, "InvalidPortRange.Malformed", "The specified parameter \"PortRange\" is not valid.");
            }

            // The service writes what it was given in words of its own.
            var rule = new EcsRule(protocol.ToUpperInvariant(), ports, Part("SourceCidrIp") ?? "0.0.0.0/0", "Accept", Part("Priority") ?? "1", Part("Description") ?? "");
            if (!group.Rules.Exists(known => known with { Id = "" } == rule))
            {
                group.Rules.Add(rule with { Id = state.NewId("sgr") });
            }
        }

        return number > 1 ? [] : throw EcsErrorException.Missing("IpProtocol");
    }

    public JsonObject Revoke(EcsCall call)
    {
        var group = Find(call);
        var ids = call.List("SecurityGroupRuleId");
        if (ids.Find(id => !group.Rules.Exists(rule => rule.Id == id)) is { } missing)
        {
            throw EcsErrorException.NotFound("InvalidSecurityGroupRuleId", missing);
        }

        group.Rules.RemoveAll(rule => ids.Contains(rule.Id));
        return [];
    }

    public JsonObject Delete(EcsCall call)
    {
        var group = Find(call);
        if (state.Machines.Exists(machine => machine.Groups.Contains(group.Id)))
        {
            throw new EcsErrorException(403, "DependencyViolation", "There is still instance(s) in the specified security group.");
        }

        state.Groups.Remove(group);
        return [];
    }

    private EcsGroup Find(EcsCall call) => state.Groups.Find(group => group.Id == call.Need("SecurityGroupId") && group.Region == call.Region) ?? throw EcsErrorException.NotFound("InvalidSecurityGroupId", call.Need("SecurityGroupId"));
}
