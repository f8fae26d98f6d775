using System.Text;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>What is asked of instances that are there.</summary>
internal sealed class EcsMachineCalls(EcsState state, EcsEmulatorOptions options)
{
    public JsonObject Describe(EcsCall call)
    {
        var region = call.Region;
        var ids = call.JsonList("InstanceIds");
        if (ids is { Count: > 100 })
        {
            throw new EcsErrorException(400, "InvalidInstanceIds.Malformed", "The amount of instance ids exceeds the limit.");
        }

        var found = state.Machines.FindAll(machine => machine.Region == region && ids?.Contains(machine.Id) != false && call.TagsFit(machine.Tags) &&
            call.Fits("Status", machine.Status) && call.Fits("InstanceName", machine.Name) && call.Fits("ZoneId", machine.ZoneId) && call.Fits("VpcId", machine.VpcId));
        found.RemoveAll(machine => machine.HiddenLooks-- > 0);
        var reply = EcsJson.TokenPage(call, options, "Instances", "Instance", found, Write);
        reply["TotalCount"] = found.Count;
        reply["PageSize"] = call.Number("MaxResults") ?? 10;
        foreach (var machine in found)
        {
            Pass(machine);
        }

        return reply;
    }

    public JsonObject Start(EcsCall call)
    {
        var machine = Find(call);
        if (machine.Status != "Stopped" || machine.Locks.Count > 0)
        {
            throw WrongState(machine);
        }

        if (machine.StoppedMode == "StopCharging" && state.LeftOf(machine.ZoneId, machine.Type.Id, machine.SpotStrategy) < 1)
        {
            throw new EcsErrorException(403, "OperationDenied.NoStock", "The resource is out of stock in the specified zone. Please try other types, or choose other regions and zones.");
        }

        machine.StoppedMode = "Not-applicable";
        machine.Go(options.CallsPerState, "Starting", "Running");
        return [];
    }

    public JsonObject Stop(EcsCall call)
    {
        var machine = Find(call);
        var mode = call.Text("StoppedMode") ?? "KeepCharging";
        if (machine.Status != "Running" && !(machine.Status == "Stopped" && machine.StoppedMode != mode))
        {
            throw WrongState(machine);
        }

        machine.StoppedMode = mode;
        if (machine.Status == "Running")
        {
            machine.Go(options.CallsPerState, "Stopping", "Stopped");
        }

        if (mode == "StopCharging")
        {
            machine.PublicAddress = null;
        }

        return [];
    }

    public JsonObject Reboot(EcsCall call)
    {
        var machine = Find(call);
        if (machine.Status != "Running")
        {
            throw WrongState(machine);
        }

        machine.Go(options.CallsPerState, "Starting", "Running");
        return [];
    }

    public JsonObject Delete(EcsCall call)
    {
        var machine = Find(call);
        if (machine.IsDeleting)
        {
            return [];
        }

        if (machine.Status is "Pending" or "Starting" or "Stopping")
        {
            throw WrongState(machine, machine.Status == "Stopping" ? "IncorrectInstanceStatus" : "IncorrectInstanceStatus.Initializing");
        }

        if (machine.Status == "Running" && !call.Flag("Force"))
        {
            throw WrongState(machine);
        }

        machine.IsDeleting = true;
        machine.Go(options.CallsPerState, "Stopping", "");
        return [];
    }

    public JsonObject Console(EcsCall call)
    {
        var machine = Find(call);
        return new JsonObject
        {
            ["InstanceId"] = machine.Id,
            ["ConsoleOutput"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(machine.Console)),
            ["LastUpdateTime"] = call.Second,
        };
    }

    private EcsMachine Find(EcsCall call) =>
        state.Machines.Find(machine => machine.Id == call.Need("InstanceId")) ?? throw EcsErrorException.NotFound("InvalidInstanceId", call.Need("InstanceId"));

    /// <summary>A refusal, which lets the instance get on, too.</summary>
    private EcsErrorException WrongState(EcsMachine machine, string code = "IncorrectInstanceStatus")
    {
        var error = new EcsErrorException(403, code, $"The current status ({machine.Status}) of the resource does not support this operation.");
        Pass(machine);
        return error;
    }

    private void Pass(EcsMachine machine)
    {
        if (machine.Pass(options.CallsPerState))
        {
            return;
        }

        // A deleted instance vanishes with its system disk and its address; what it only borrowed is free again.
        state.Machines.Remove(machine);
        state.Volumes.RemoveAll(disk => disk.InstanceId == machine.Id && disk.Type == "system");
        foreach (var disk in state.Volumes.Where(disk => disk.InstanceId == machine.Id))
        {
            disk.InstanceId = "";
            disk.Go(1, "Available");
        }

        foreach (var address in state.Addresses.Where(address => address.InstanceId == machine.Id))
        {
            address.InstanceId = "";
            address.Go(1, "Available");
        }
    }

    private JsonObject Write(EcsMachine machine) => EcsMachineJson.Write(machine, state);
}
