using System.Globalization;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>Elastic addresses.</summary>
internal sealed class VpcAddressCalls(EcsState state, EcsEmulatorOptions options)
{
    public JsonObject Allocate(EcsCall call)
    {
        var address = new VpcAddress
        {
            Id = state.NewId("eip"), Region = call.Region, Name = call.Text("Name") ?? "", CreatedAt = call.Second, Address = string.Create(CultureInfo.InvariantCulture, $"198.51.100.{(state.Addresses.Count % 250) + 1}"),
            Bandwidth = call.Text("Bandwidth") ?? "5", InternetChargeType = call.Text("InternetChargeType") ?? "PayByBandwidth", Tags = call.Tags(),
        };
        address.Go(1, "Available");
        state.Addresses.Add(address);
        return new JsonObject { ["AllocationId"] = address.Id, ["EipAddress"] = address.Address, ["ResourceGroupId"] = "" };
    }

    public JsonObject Describe(EcsCall call)
    {
        var found = state.Addresses.FindAll(address => address.Region == call.Region && call.Fits("AllocationId", address.Id) && call.TagsFit(address.Tags));
        var reply = EcsJson.NumberPage(call, "EipAddresses", "EipAddress", found, address => new JsonObject
        {
            ["AllocationId"] = address.Id,
            ["IpAddress"] = address.Address,
            ["Name"] = address.Name,
            ["Status"] = address.Status,
            ["InstanceId"] = address.InstanceId,
            ["InstanceType"] = address.InstanceId.Length > 0 ? "EcsInstance" : "",
            ["RegionId"] = address.Region,
            ["Bandwidth"] = address.Bandwidth,
            ["InternetChargeType"] = address.InternetChargeType,
            ["ChargeType"] = "PostPaid",
            ["AllocationTime"] = address.CreatedAt,
            ["Tags"] = EcsJson.VpcTags(address),
        });
        found.ForEach(address => address.Pass(options.CallsPerState));
        return reply;
    }

    public JsonObject Associate(EcsCall call)
    {
        var address = Find(call);
        var machine = state.Machines.Find(machine => machine.Id == call.Need("InstanceId")) ?? throw EcsErrorException.NotFound("InvalidInstanceId", call.Need("InstanceId"));
        if (address.Status != "Available")
        {
            throw WrongState(address);
        }

        if (machine.Status is not ("Running" or "Stopped"))
        {
            throw new EcsErrorException(400, "IncorrectInstanceStatus", "Current instance status does not support this operation.");
        }

        address.InstanceId = machine.Id;
        address.Go(options.CallsPerState, "Associating", "InUse");
        return [];
    }

    public JsonObject Unassociate(EcsCall call)
    {
        var address = Find(call);
        if (address.Status != "InUse")
        {
            throw WrongState(address);
        }

        address.Go(options.CallsPerState, "Unassociating", "Available");
        return [];
    }

    public JsonObject Release(EcsCall call)
    {
        var address = Find(call);
        if (address.Status != "Available")
        {
            throw WrongState(address);
        }

        state.Addresses.Remove(address);
        return [];
    }

    private VpcAddress Find(EcsCall call) => state.Addresses.Find(address => address.Id == call.Need("AllocationId")) ?? throw EcsErrorException.NotFound("InvalidAllocationId", call.Need("AllocationId"));

    private EcsErrorException WrongState(VpcAddress address)
    {
        var error = new EcsErrorException(400, "IncorrectEipStatus", "Current elastic IP status does not support this operation.");
        address.Pass(options.CallsPerState);
        return error;
    }
}
