namespace SkyCompat.Workloads;

/// <summary>Why a pod will not become what it should.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Container">Its container; null if the whole pod is meant.</param>
/// <param name="Code">What went wrong.</param>
/// <param name="Reason">One of <see cref="WorkloadErrorReasons"/>.</param>
/// <param name="Explanation">The cause in the cluster's words, and what to do.</param>
internal sealed record PodTrouble(Pod Pod, PodContainer? Container, CloudErrorCode Code, string Reason, string Explanation)
{
    private static readonly string[] PullReasons = ["ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable", "ImageInspectError"];
    private static readonly string[] CreateReasons = ["CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PreCreateHookError", "PostStartHookError"];
    private static readonly string[] StartReasons = ["StartError", "ContainerCannotRun"];

    /// <summary>Whether the container wrote something that may explain it.</summary>
    public bool HasOutput => Reason is WorkloadErrorReasons.CrashLoop or WorkloadErrorReasons.JobFailed or WorkloadErrorReasons.OutOfMemory;

    /// <summary>Looks for what no more waiting mends.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="options">What is still allowed.</param>
    /// <param name="waited">How long it has been waited for.</param>
    /// <param name="isJob">Whether it is of a job, whose failed runs the cluster counts.</param>
    public static PodTrouble? Find(Pod pod, WaitOptions options, TimeSpan waited, bool isJob)
    {
        if (pod.IsDeleting)
        {
            return null;
        }

        if (pod.UnschedulableMessage is { } message && waited >= options.UnschedulableGrace)
        {
            return new PodTrouble(pod, null, CloudErrorCode.CapacityShortage, WorkloadErrorReasons.Unschedulable, $"no node takes it: {message} Ask for less, add nodes, or allow time for that with UnschedulableGrace.");
        }

        foreach (var container in pod.Containers)
        {
            var trouble = container.WaitingReason is { } waiting ? OfWaiting(pod, container, waiting) : null;
            trouble ??= isJob ? null : OfEnded(pod, container, options.AllowedRestarts);
            if (trouble is not null)
            {
                return trouble;
            }
        }

        return null;
    }

    /// <summary>Why a run of a job failed.</summary>
    public static PodTrouble? FindFailedRun(Pod pod)
    {
        foreach (var container in pod.Containers.Where(container => container.ExitCode is not null and not 0))
        {
            return container.ExitReason == "OOMKilled" ? OutOfMemory(pod, container)
                : StartReasons.Contains(container.ExitReason, StringComparer.Ordinal) ? CannotStart(pod, container, container.WaitingMessage ?? container.ExitReason!)
                : new PodTrouble(pod, container, CloudErrorCode.Unavailable, WorkloadErrorReasons.JobFailed, $"container {container.Name} ended with {container.ExitCode}.");
        }

        return pod.Phase == PodPhase.Failed
            ? new PodTrouble(pod, null, CloudErrorCode.Unavailable, WorkloadErrorReasons.JobFailed, $"it failed: {pod.Reason ?? "no reason given"}.")
            : null;
    }

    private static PodTrouble? OfWaiting(Pod pod, PodContainer container, string waiting) =>
        PullReasons.Contains(waiting, StringComparer.Ordinal)
            ? new PodTrouble(
                pod, container, CloudErrorCode.Unavailable, WorkloadErrorReasons.ImagePull,
                $"image '{container.Image}' cannot be pulled ({waiting}): {container.WaitingMessage} Check its name, that the node reaches the registry, and its credentials.")
        : CreateReasons.Contains(waiting, StringComparer.Ordinal) ? CannotStart(pod, container, $"{waiting}: {container.WaitingMessage}")
        : waiting == "CrashLoopBackOff" && container.ExitReason == "OOMKilled" ? OutOfMemory(pod, container)
        : waiting == "CrashLoopBackOff" && StartReasons.Contains(container.ExitReason, StringComparer.Ordinal) ? CannotStart(pod, container, container.WaitingMessage ?? waiting)
        : waiting == "CrashLoopBackOff" ? CrashLoop(pod, container)
        : null;

    private static PodTrouble? OfEnded(Pod pod, PodContainer container, int allowedRestarts) =>
        container.ExitReason == "OOMKilled" ? OutOfMemory(pod, container)
        : container.Restarts > allowedRestarts && !pod.IsReady ? CrashLoop(pod, container)
        : null;

    private static PodTrouble OutOfMemory(Pod pod, PodContainer container) =>
        new(pod, container, CloudErrorCode.Unavailable, WorkloadErrorReasons.OutOfMemory, $"container {container.Name} took more memory than its limit and was ended (exit code {container.ExitCode}). Raise Resources.MaxMemoryBytes.");

    private static PodTrouble CannotStart(Pod pod, PodContainer container, string why) =>
        new(pod, container, CloudErrorCode.Unavailable, WorkloadErrorReasons.CannotStart, $"container {container.Name} cannot be started: {why}.");

    private static PodTrouble CrashLoop(Pod pod, PodContainer container) =>
        new(pod, container, CloudErrorCode.Unavailable, WorkloadErrorReasons.CrashLoop, $"container {container.Name} ends again and again, last with exit code {container.ExitCode} after {container.Restarts} restarts.");
}
