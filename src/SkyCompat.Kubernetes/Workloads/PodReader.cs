using SkyCompat.Workloads;

namespace SkyCompat.Kubernetes;

/// <summary>Reads pods; what this version does not know becomes Unknown.</summary>
internal static class PodReader
{
    public static Pod Read(JsonObject item)
    {
        var metadata = item["metadata"];
        var scheduled = item.Condition("PodScheduled");
        return new Pod(metadata.Text("name") ?? "", metadata.Text("namespace") ?? "", metadata.Text("uid") ?? "", PhaseOf(item.Text("status", "phase")))
        {
            Workload = WorkloadLabels.WorkloadOf(item),
            Revision = metadata.Text("annotations", WorkloadLabels.Revision),
            IsReady = item.Condition("Ready").Text("status") == "True",
            IsDeleting = metadata.Text("deletionTimestamp") is not null,
            Node = item.Text("spec", "nodeName"),
            Address = item.Text("status", "podIP"),
            CreatedAt = metadata.Time("creationTimestamp"),
            UnschedulableMessage = scheduled.Text("status") == "False" && scheduled.Text("reason") == "Unschedulable" ? scheduled.Text("message") ?? "no reason given" : null,
            Reason = item.Text("status", "reason"),
            Containers = [.. ReadContainers(item, "initContainers", "initContainerStatuses"), .. ReadContainers(item, "containers", "containerStatuses")],
            ResourceVersion = metadata.Text("resourceVersion"),
        };
    }

    private static PodPhase PhaseOf(string? text) => text switch
    {
        "Pending" => PodPhase.Pending,
        "Running" => PodPhase.Running,
        "Succeeded" => PodPhase.Succeeded,
        "Failed" => PodPhase.Failed,
        _ => PodPhase.Unknown,
    };

    private static IEnumerable<PodContainer> ReadContainers(JsonObject item, string specs, string statuses)
    {
        var restarts = item.Text("spec", "restartPolicy");
        foreach (var spec in item.Items("spec", specs))
        {
            var name = spec.Text("name") ?? "";
            var status = item.Items("status", statuses).FirstOrDefault(found => found.Text("name") == name);
            var ended = status.At("state", "terminated");
            var last = ended ?? status.At("lastState", "terminated");
            var waiting = status.At("state", "waiting");
            yield return new PodContainer(name)
            {
                Image = spec.Text("image"),
                IsInit = specs == "initContainers",
                IsRunning = status.At("state", "running") is not null,
                Restarts = status.Number("restartCount") ?? 0,
                WaitingReason = waiting.Text("reason"),
                WaitingMessage = waiting.Text("message") ?? last.Text("message"),
                ExitCode = last.Number("exitCode"),
                ExitReason = last.Text("reason"),
                IsEnded = ended is not null && (restarts == "Never" || (restarts == "OnFailure" && ended.Number("exitCode") == 0)),
            };
        }
    }
}
