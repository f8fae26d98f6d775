using SkyCompat.Workloads;

namespace SkyCompat.Kubernetes;

/// <summary>Reads what a cluster says of workloads.</summary>
internal static class StatusReader
{
    public static WorkloadStatus Read(JsonObject item, string kind)
    {
        var status = kind switch
        {
            "Deployment" => ReadDeployment(item),
            "StatefulSet" => ReadStatefulSet(item),
            "Job" => ReadJob(item),
            "CronJob" => New(item, WorkloadKind.CronJob, WorkloadPhase.Ready) with { LastScheduledAt = item.Time("status", "lastScheduleTime") },
            _ => New(item, WorkloadKind.Unknown, WorkloadPhase.Unknown),
        };
        var template = kind == "CronJob" ? item.At("spec", "jobTemplate", "spec", "template") : item.At("spec", "template");
        return status with
        {
            Image = template.Items("spec", "containers").FirstOrDefault().Text("image"),
            Revision = template.Text("metadata", "annotations", WorkloadLabels.Revision),
            CreatedAt = item.Time("metadata", "creationTimestamp"),
            ResourceVersion = item.Text("metadata", "resourceVersion"),
        };
    }

    private static WorkloadStatus New(JsonObject item, WorkloadKind kind, WorkloadPhase phase) => new(item.Text("metadata", "name") ?? "", kind, phase);

    /// <summary>Before a controller has looked at the last change, its status is of the one before.</summary>
    private static bool IsObserved(JsonObject item) => (item.LongNumber("status", "observedGeneration") ?? 0) >= (item.LongNumber("metadata", "generation") ?? 0);

    private static WorkloadStatus ReadDeployment(JsonObject item)
    {
        var wanted = item.Number("spec", "replicas") ?? 1;
        var updated = item.Number("status", "updatedReplicas") ?? 0;
        var available = item.Number("status", "availableReplicas") ?? 0;
        var all = item.Number("status", "replicas") ?? 0;
        var isReady = IsObserved(item) && updated == wanted && available == wanted && all == wanted;
        var refused = item.Condition("ReplicaFailure") is { } failure && failure.Text("status") == "True" ? failure : null;
        var stuck = item.Condition("Progressing") is { } progress && progress.Text("status") == "False" ? progress : null;
        var trouble = isReady || !IsObserved(item) ? null : refused ?? stuck;
        return New(item, WorkloadKind.Deployment, isReady ? WorkloadPhase.Ready : WorkloadPhase.Progressing) with
        {
            Replicas = wanted,
            Ready = Math.Min(updated, available),
            Reason = trouble.Text("reason"),
            Message = trouble.Text("message"),
        };
    }

    private static WorkloadStatus ReadStatefulSet(JsonObject item)
    {
        var wanted = item.Number("spec", "replicas") ?? 1;
        var ready = item.Number("status", "readyReplicas") ?? 0;
        var updated = item.Number("status", "updatedReplicas") ?? 0;
        var isCurrent = item.Text("status", "currentRevision") == item.Text("status", "updateRevision") || updated == wanted;
        var isReady = IsObserved(item) && ready == wanted && isCurrent && (item.Number("status", "replicas") ?? 0) == wanted;
        return New(item, WorkloadKind.StatefulSet, isReady ? WorkloadPhase.Ready : WorkloadPhase.Progressing) with { Replicas = wanted, Ready = ready };
    }

    private static WorkloadStatus ReadJob(JsonObject item)
    {
        var failed = item.Condition("Failed") is { } failure && failure.Text("status") == "True" ? failure : null;
        var isComplete = item.Condition("Complete") is { } complete && complete.Text("status") == "True";
        var phase = failed is not null ? WorkloadPhase.Failed : isComplete ? WorkloadPhase.Succeeded : WorkloadPhase.Progressing;
        return New(item, item.Number("spec", "parallelism") > 1 ? WorkloadKind.ParallelJob : WorkloadKind.Job, phase) with
        {
            Replicas = item.Number("spec", "completions") ?? 1,
            Ready = item.Number("status", "succeeded") ?? 0,
            Failures = item.Number("status", "failed") ?? 0,
            Reason = failed.Text("reason"),
            Message = failed.Text("message"),
        };
    }
}
