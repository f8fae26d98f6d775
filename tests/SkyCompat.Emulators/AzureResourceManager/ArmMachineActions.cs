using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>What can be done to a machine.</summary>
internal sealed class ArmMachineActions(ArmStore store, ArmEmulatorOptions options, ArmCatalog catalog, ArmQuotas quotas, ArmNetworks networks)
{
    public ArmAnswer Act(ArmCall call, ArmResource machine, string verb)
    {
        if (machine.State == "Deleting")
        {
            throw new ArmErrorException(409, "OperationNotAllowed", $"Operation '{verb}' is not allowed on VM '{machine.Name}' since the VM is being deleted.");
        }

        return verb switch
        {
            "start" => Start(call, machine),
            "poweroff" => machine.Power!.State is "deallocated" or "stopped" ? Accept() : Change(call, machine, "stopping", "stopped"),
            "deallocate" => Deallocate(call, machine),
            "restart" => machine.Power!.State == "running" ? Change(call, machine, "running", "running")
                : throw new ArmErrorException(409, "OperationNotAllowed", $"Operation 'restart' is not allowed on VM '{machine.Name}' since the VM is not running. Please start the VM and retry the operation."),
            "retrievebootdiagnosticsdata" => Console(call, machine),
            "attachdetachdatadisks" => ChangeDisks(call, machine),
            _ => throw new ArmErrorException(404, "InvalidResourceType", $"There is no action '{verb}'."),
        };
    }

    public ArmAnswer Delete(ArmCall call, ArmResource? machine)
    {
        if (machine is null)
        {
            return new ArmAnswer(204);
        }

        if (machine.State != "Deleting")
        {
            var before = machine.State;
            machine.Pending?.Cancel();
            machine.State = "Deleting";
            machine.Pending = store.Begin(options.Polls, () => Remove(machine), (code, message) =>
            {
                machine.State = before == "Creating" ? "Failed" : before;
                machine.Power!.Failure = (code, message);
            });
            Fail(call, machine.Pending);
        }

        return new ArmAnswer(202) { Operation = machine.Pending, HasLocation = true };
    }

    /// <summary>Removes a machine, and what it says is to go with it.</summary>
    public void Remove(ArmResource machine)
    {
        foreach (var reference in machine.Body.At("properties", "networkProfile").Items("networkInterfaces"))
        {
            if (reference.Text("properties", "deleteOption") == "Delete")
            {
                networks.RemoveInterface(reference.Text("id")!);
            }
            else if (store.Find(reference.Text("id")) is { } nic)
            {
                nic.Properties.Remove("virtualMachine");
            }
        }

        var boot = machine.Properties["storageProfile"]!["osDisk"];
        foreach (var disk in machine.Body.At("properties", "storageProfile").Items("dataDisks").Append(boot))
        {
            if (store.Find(disk.Text("managedDisk", "id")) is not { } found)
            {
                continue;
            }

            if (disk.Text("deleteOption") == "Delete")
            {
                store.Remove(found.Id);
            }
            else
            {
                Free(found);
            }
        }

        store.Remove(machine.Id);
    }

    private static void Free(ArmResource disk)
    {
        disk.Body.Remove("managedBy");
        disk.Properties["diskState"] = "Unattached";
    }

    private static void Fail(ArmCall call, ArmOperation operation)
    {
        if (call.Fault is { Kind: ArmFaultKind.FailOperation } fault)
        {
            operation.Failure = (fault.Code, fault.Message);
        }
    }

    private ArmAnswer Accept() => new(202) { Operation = store.Begin(0, () => { }), HasLocation = true };

    private ArmAnswer Start(ArmCall call, ArmResource machine)
    {
        var power = machine.Power!;
        if (power.State == "running")
        {
            return Accept();
        }

        if (power.State == "deallocated" && catalog.Find(machine.Properties.Text("hardwareProfile", "vmSize")) is { } size)
        {
            quotas.Check(machine.Body.Text("location")!, size, machine.Properties.Text("priority") == "Spot");
        }

        power.IsHibernated = false;
        power.WasEvicted = false;
        return Change(call, machine, "starting", "running");
    }

    private ArmAnswer Deallocate(ArmCall call, ArmResource machine)
    {
        if (call.Query.GetValueOrDefault("hibernate") == "true")
        {
            if (!machine.Body.Is("properties", "additionalCapabilities", "hibernationEnabled"))
            {
                throw new ArmErrorException(409, "OperationNotAllowed", $"The Hibernate-Deallocate Operation cannot be performed on VM '{machine.Name}' because it does not have hibernation capability enabled.");
            }

            if (machine.Power!.State == "deallocated")
            {
                throw new ArmErrorException(409, "OperationNotAllowed", "The Hibernate-Deallocate Operation can only be triggered on a VM that is successfully provisioned and is running.");
            }

            return Change(call, machine, "deallocating", "deallocated", () => machine.Power.IsHibernated = true);
        }

        return machine.Power!.State == "deallocated" ? Accept() : Change(call, machine, "deallocating", "deallocated");
    }

    private ArmAnswer Change(ArmCall call, ArmResource machine, string during, string after, Action? also = null)
    {
        var before = machine.Power!.State;
        machine.Pending?.Cancel();
        machine.State = "Updating";
        machine.Power.State = during;
        machine.Pending = store.Begin(
            options.Polls,
            () =>
            {
                machine.State = "Succeeded";
                machine.Power.State = after;
                machine.Power.Failure = null;
                also?.Invoke();
            },
            (code, message) =>
            {
                machine.State = "Failed";
                machine.Power.State = before;
                machine.Power.Failure = (code, message);
            });
        Fail(call, machine.Pending);
        return new ArmAnswer(202) { Operation = machine.Pending, HasLocation = true };
    }

    private static ArmAnswer Console(ArmCall call, ArmResource machine)
    {
        if (!machine.Body.Is("properties", "diagnosticsProfile", "bootDiagnostics", "enabled"))
        {
            throw new ArmErrorException(409, "Conflict", "Boot diagnostics is not enabled for the VM.");
        }

        var address = $"{call.Origin}/bootdiagnostics/{machine.Name}";
        return new ArmAnswer(200, new JsonObject
        {
            ["consoleScreenshotBlobUri"] = $"{address}/screenshot.bmp?sv=2018-03-28&sr=b&sig=console",
            ["serialConsoleLogBlobUri"] = $"{address}/serialconsole.log?sv=2018-03-28&sr=b&sig=console",
        });
    }

    private ArmAnswer ChangeDisks(ArmCall call, ArmResource machine)
    {
        var disks = (JsonArray)machine.Properties["storageProfile"]!["dataDisks"]!;
        foreach (var wanted in call.Body.Items("dataDisksToAttach"))
        {
            var disk = store.Find(wanted.Text("diskId")) ?? throw new ArmErrorException(404, "NotFound", $"The disk '{wanted.Text("diskId")}' was not found.");
            if (disk.Body.Text("managedBy") is { } other && other != machine.Id)
            {
                throw new ArmErrorException(409, "ConflictingUserInput", $"Disk '{disk.Id}' cannot be attached as the disk is already owned by VM '{other}'.");
            }

            if (disk.Body["zones"]?.ToJsonString() != machine.Body["zones"]?.ToJsonString())
            {
                throw new ArmErrorException(400, "BadRequest", $"Disk {disk.Name} cannot be attached to VM {machine.Name} because they are not in the same zone.");
            }

            if (disk.Body.Text("managedBy") is null)
            {
                disk.Body["managedBy"] = machine.Id;
                disk.Properties["diskState"] = "Attached";
                disks.Add(new JsonObject
                {
                    ["lun"] = disks.Count,
                    ["name"] = disk.Name,
                    ["createOption"] = "Attach",
                    ["deleteOption"] = "Detach",
                    ["managedDisk"] = new JsonObject { ["id"] = disk.Id, ["storageAccountType"] = disk.Body.Text("sku", "name") },
                });
            }
        }

        foreach (var wanted in call.Body.Items("dataDisksToDetach"))
        {
            if (disks.OfType<JsonObject>().FirstOrDefault(item => wanted.Text("diskId")!.Equals(item.Text("managedDisk", "id"), StringComparison.OrdinalIgnoreCase)) is { } attached)
            {
                disks.Remove(attached);
                Free(store.Find(wanted.Text("diskId"))!);
            }
        }

        var operation = store.Begin(0, () => { });
        operation.Result = machine.Body["properties"]!["storageProfile"]!.DeepClone();
        return new ArmAnswer(202) { Operation = operation, HasLocation = true };
    }
}
