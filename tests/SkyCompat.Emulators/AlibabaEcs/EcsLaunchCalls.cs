using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>RunInstances.</summary>
internal sealed partial class EcsLaunchCalls(EcsState state, EcsEmulatorOptions options)
{
    private const int MaxUserData = 32 * 1024;

    public JsonObject Run(EcsCall call)
    {
        var region = call.Region;
        var subnet = state.Subnets.Find(subnet => subnet.Id == call.Need("VSwitchId") && subnet.Region == region) ?? throw EcsErrorException.NotFound("InvalidVSwitchId", call.Need("VSwitchId"));
        var type = EcsType.All.FirstOrDefault(type => type.Id == call.Need("InstanceType")) ?? throw new EcsErrorException(403, "InvalidInstanceType.ValueNotSupported", "The specified InstanceType does not exist or beyond the permitted range.");
        var group = state.Groups.Find(group => group.Id == call.Need("SecurityGroupId") && group.Region == region) ?? throw EcsErrorException.NotFound("InvalidSecurityGroupId", call.Need("SecurityGroupId"));
        var image = EcsPicture.All.FirstOrDefault(image => image.Id == call.Need("ImageId")) ?? throw EcsErrorException.NotFound("InvalidImageId", call.Need("ImageId"));
        Check(call, subnet, type, group, image);
        var amount = call.Number("Amount") ?? 1;
        var least = call.Number("MinAmount") ?? amount;
        if (amount is < 1 or > 100 || least > amount)
        {
            throw new EcsErrorException(400, "InvalidAmount.NotSupported", "The specified Amount is out of the permitted range.");
        }

        var spot = call.Text("SpotStrategy") ?? "NoSpot";
        CheckRoom(region, subnet.ZoneId, type, spot, least);
        var count = Math.Min(amount, state.LeftOf(subnet.ZoneId, type.Id, spot));
        if (call.Flag("DryRun"))
        {
            throw new EcsErrorException(400, "DryRunOperation", "Request validation has been passed with DryRun flag set.");
        }

        state.Take(subnet.ZoneId, type.Id, count);
        return new JsonObject { ["InstanceIdSets"] = EcsJson.Texts("InstanceIdSet", Enumerable.Range(0, count).Select(number => Make(call, number, amount, subnet, type, group, image, spot)).ToList()) };
    }

    private void Check(EcsCall call, VpcSubnet subnet, EcsType type, EcsGroup group, EcsPicture image)
    {
        if (subnet.Status != "Available")
        {
            throw new EcsErrorException(400, "IncorrectVSwitchStatus", "The current status of virtual switch does not support this operation.");
        }

        if (call.Text("ZoneId") is { } zone && zone != subnet.ZoneId)
        {
            throw new EcsErrorException(400, "InvalidVSwitchId.ZoneMismatch", "The specified VSwitch is not in the specified zone.");
        }

        if (group.VpcId != subnet.VpcId)
        {
            throw new EcsErrorException(400, "InvalidParameter.VpcMismatch", "The security group and the virtual switch are not in the same VPC.");
        }

        if ((type.Architecture == "ARM") != (image.Architecture == "arm64"))
        {
            throw new EcsErrorException(400, "ImageNotSupportInstanceType", "The specified image don't support the InstanceType.");
        }

        if (call.Text("KeyPairName") is { } key && !state.Keys.Exists(pair => pair.Name == key && pair.Region == call.Region))
        {
            throw EcsErrorException.NotFound("InvalidKeyPairName", key);
        }

        if (call.Text("InstanceName") is { } name && (name.Length is < 2 or > 128 || !char.IsLetter(name[0])))
        {
            throw new EcsErrorException(400, "InvalidInstanceName.Malformed", "The specified parameter \"InstanceName\" is not valid.");
        }

        if (call.Text("UserData") is { } data && Convert.FromBase64String(data).Length > MaxUserData)
        {
            throw new EcsErrorException(400, "InvalidUserData.SizeExceeded", "The specified parameter \"UserData\" exceeds the size.");
        }
    }

    private void CheckRoom(string region, string zone, EcsType type, string spot, int count)
    {
        if (!state.HasBalance)
        {
            throw new EcsErrorException(403, "InvalidAccountStatus.NotEnoughBalance", "Your account does not have enough balance.");
        }

        if (state.ClosedZones.Contains(zone))
        {
            throw new EcsErrorException(403, "Zone.NotOnSale", "The resource in the specified zone is no longer available for sale. Please try other regions and zones.");
        }

        if (state.IsNotSold(zone, type.Id))
        {
            throw new EcsErrorException(403, "InvalidInstanceType.ZoneNotSupported", "The specified zone does not support this instancetype.");
        }

        if (state.Machines.Where(machine => machine.Region == region && !machine.IsDeleting).Sum(machine => machine.Type.Cores) + (type.Cores * count) > state.VcpuQuota)
        {
            throw new EcsErrorException(403, "QuotaExceed.ElasticQuota", "The number of the specified ECS instances has exceeded the quota of the specified instance type.");
        }

        if (state.LeftOf(zone, type.Id, spot) < count)
        {
            throw new EcsErrorException(403, "OperationDenied.NoStock", "The resource is out of stock in the specified zone. Please try other types, or choose other regions and zones.");
        }
    }

    private string Make(EcsCall call, int number, int amount, VpcSubnet subnet, EcsType type, EcsGroup group, EcsPicture image, string spot)
    {
        var id = state.NewId("i");
        var hosts = call.List("HostNames");
        var machine = new EcsMachine
        {
            Id = id,
            Region = call.Region,
            CreatedAt = call.Minute,
            Tags = call.Tags(),
            Name = Expand(call.Text("InstanceName") ?? id, number),
            HostName = number < hosts.Count ? hosts[number] : call.Text("HostName") ?? id,
            ZoneId = subnet.ZoneId,
            Type = type,
            ImageId = image.Id,
            VSwitchId = subnet.Id,
            VpcId = subnet.VpcId,
            Groups = [group.Id],
            PrivateAddress = AddressIn(subnet),
            PublicAddress = call.Number("InternetMaxBandwidthOut") > 0 ? string.Create(CultureInfo.InvariantCulture, $"203.0.113.{(state.Machines.Count % 250) + 1}") : null,
            KeyPair = call.Text("KeyPairName"),
            UserData = call.Text("UserData") ?? "",
            SpotStrategy = spot,
            HiddenLooks = options.HiddenLooks,
        };
        machine.Go(options.CallsPerState, "Pending", "Starting", "Running");
        state.Machines.Add(machine);
        var disk = new EcsVolume
        {
            Id = state.NewId("d"), Region = call.Region, CreatedAt = call.Second, ZoneId = subnet.ZoneId, Size = call.Number("SystemDisk.Size") ?? 40, Category = call.Text("SystemDisk.Category") ?? "cloud_efficiency",
            Type = "system", InstanceId = id, Tags = call.Tags(),
        };
        disk.Go(1, "In_use");
        state.Volumes.Add(disk);
        return id;
    }

    private static string AddressIn(VpcSubnet subnet)
    {
        // The provider keeps the first addresses of a subnet for itself.
        const int First = 4;
        var bytes = System.Net.IPNetwork.Parse(subnet.Range).BaseAddress.GetAddressBytes();
        var number = First + subnet.Taken++;
        bytes[2] += (byte)(number >> 8);
        bytes[3] += (byte)(number & 255);
        return new System.Net.IPAddress(bytes).ToString();
    }

    /// <summary>Names that count: <c>prefix[begin,digits]suffix</c>.</summary>
    private static string Expand(string name, int number)
    {
        var match = Sequence().Match(name);
        if (!match.Success)
        {
            return name;
        }

        var begin = match.Groups["begin"].Value;
        var digits = match.Groups["digits"].Value is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 6;
        var value = (begin.Length == 0 ? 0 : int.Parse(begin, CultureInfo.InvariantCulture)) + number;
        return match.Groups["prefix"].Value + value.ToString(CultureInfo.InvariantCulture).PadLeft(begin.Length > digits ? 6 : digits, '0') + match.Groups["suffix"].Value;
    }

    [GeneratedRegex(@"^(?<prefix>.+)\[(?<begin>\d{0,6}),(?<digits>\d?)\](?<suffix>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sequence();
}
