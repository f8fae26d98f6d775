using System.Text;

namespace SkyCompat.Workloads;

/// <summary>Waits for a rollout or a job, and finds out what stands in its way.</summary>
internal sealed class Rollout(WorkloadCalls calls, string workloads, string name, WaitOptions options)
{
    private const int TailLines = 10;
    private const int MaxTailCharacters = 2_000;

    /// <summary>Admission may fail for a moment, such as while a namespace is new; the cluster tries again.</summary>
    private static readonly TimeSpan RefusalGrace = TimeSpan.FromSeconds(10);

    /// <summary>A program that ends as soon as it has begun was ready for a moment: a node notices within a second or so.</summary>
    private static readonly TimeSpan ReadyHold = TimeSpan.FromSeconds(2);

    public async Task<WorkloadStatus> WaitAsync(CancellationToken cancellationToken)
    {
        var clock = new WaitClock(calls, options, $"The rollout of {name}");
        var status = await calls.SendAsync("GetWorkload", name, (driver, token) => driver.TryGetAsync(workloads, name, token), cancellationToken).ConfigureAwait(false)
            ?? throw Missing();
        if (IsDone(status))
        {
            options.Progress?.Report(status);
            return status;
        }

        var view = new RolloutView(calls, workloads, name, status);
        await using (view.ConfigureAwait(false))
        {
            return await WaitAsync(view, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<WorkloadStatus> WaitAsync(RolloutView view, WaitClock clock, CancellationToken cancellationToken)
    {
        WorkloadStatus? last = null;
        TimeSpan? readySince = null;
        while (true)
        {
            var (now, pods, changed) = view.Read();
            var status = now ?? throw Missing();
            if (status != last)
            {
                options.Progress?.Report(last = status);
            }

            readySince = IsDone(status) ? readySince ?? clock.Elapsed : null;
            if (readySince is { } since)
            {
                var held = clock.Elapsed - since;
                if (status.Phase == WorkloadPhase.Succeeded || held >= ReadyHold)
                {
                    return status;
                }

                await clock.WaitAsync(changed, ReadyHold - held, cancellationToken, status.ToString()).ConfigureAwait(false);
                continue;
            }

            // Whatever failed for good, its pods are told by another watch, which may be behind.
            await RefuseAsync(status, status.Phase == WorkloadPhase.Failed ? await view.ListPodsAsync(cancellationToken).ConfigureAwait(false) : pods, clock.Elapsed, cancellationToken).ConfigureAwait(false);
            await clock.WaitAsync(changed, GraceLeft(clock.Elapsed), cancellationToken, status.ToString()).ConfigureAwait(false);
        }
    }

    private static bool IsDone(WorkloadStatus status) => status.Phase is WorkloadPhase.Ready or WorkloadPhase.Succeeded;

    private CloudException Missing() => new(CloudErrorCode.NotFound, $"Namespace '{workloads}' has no workload '{name}'; apply it first.");

    /// <summary>How long until what is still allowed counts as a failure, though nothing changes.</summary>
    private TimeSpan? GraceLeft(TimeSpan waited)
    {
        TimeSpan[] left = [.. new[] { RefusalGrace, options.UnschedulableGrace }.Select(grace => grace - waited).Where(left => left > TimeSpan.Zero)];
        return left.Length == 0 ? null : left.Min();
    }

    private static CloudException Failure(CloudErrorCode code, string reason, string message) =>
        new(code, message) { Reason = reason, IsTransient = false };

    private async Task RefuseAsync(WorkloadStatus status, IReadOnlyList<Pod> pods, TimeSpan waited, CancellationToken cancellationToken)
    {
        var isJob = status.Kind is WorkloadKind.Job or WorkloadKind.ParallelJob;
        foreach (var pod in pods.Where(pod => status.Revision is null || pod.Revision is null || pod.Revision == status.Revision))
        {
            var trouble = status.Phase == WorkloadPhase.Failed ? PodTrouble.FindFailedRun(pod) : PodTrouble.Find(pod, options, waited, isJob);
            if (trouble is not null && status.Reason != "DeadlineExceeded")
            {
                throw await ExplainAsync(trouble, cancellationToken).ConfigureAwait(false);
            }
        }

        switch (status)
        {
            case { Reason: "DeadlineExceeded" }:
                throw Failure(CloudErrorCode.Timeout, WorkloadErrorReasons.DeadlineExceeded, $"Job {name} took longer than its deadline and was ended. Raise Job.Deadline, or give it more to run on.");
            case { Reason: "ProgressDeadlineExceeded" }:
                throw Failure(CloudErrorCode.Timeout, WorkloadErrorReasons.DeadlineExceeded, $"The rollout of {name} makes no progress: {status.Message}");
            case { Reason: "FailedCreate" } when waited >= RefusalGrace || status.Message?.Contains("exceeded quota", StringComparison.Ordinal) == true:
                throw Failure(CloudErrorCode.Unavailable, WorkloadErrorReasons.PodsRefused, $"The cluster refuses to make pods of {name}: {status.Message}");
            case { Phase: WorkloadPhase.Failed }:
                throw Failure(CloudErrorCode.Unavailable, WorkloadErrorReasons.JobFailed, $"Job {name} failed ({status.Reason ?? "no reason given"}): {status.Message}");
            default:
                break;
        }
    }

    private async Task<CloudException> ExplainAsync(PodTrouble trouble, CancellationToken cancellationToken)
    {
        var text = new StringBuilder($"Pod {trouble.Pod.Name} of {name}: {trouble.Explanation}");
        if (trouble is { HasOutput: true, Container: { } container } && await ReadTailAsync(trouble.Pod.Name, container, cancellationToken).ConfigureAwait(false) is { Length: > 0 } tail)
        {
            text.Append(" Its last lines:\n").Append(tail);
        }

        return Failure(trouble.Code, trouble.Reason, text.ToString());
    }

    /// <summary>The end of what a container wrote; empty if that is not there any more, since the error itself matters more.</summary>
    private async Task<string> ReadTailAsync(string pod, PodContainer container, CancellationToken cancellationToken)
    {
        var log = new PodLog(calls, workloads, pod, new LogOptions { Container = container.Name, Tail = TailLines, Previous = !container.IsEnded && container.Restarts > 0 });
        var lines = new List<string>();
        try
        {
            await foreach (var line in log.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                lines.Add(line.Text);
            }
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.NotFound or CloudErrorCode.Conflict or CloudErrorCode.InvalidArgument)
        {
            // The node has removed the container meanwhile.
        }

        var text = string.Join('\n', lines);
        return text.Length > MaxTailCharacters ? text[^MaxTailCharacters..] : text;
    }
}
