using System.Runtime.CompilerServices;
using SkyCompat.Drivers;

namespace SkyCompat.Workloads;

/// <summary>What happens in a namespace, over a driver.</summary>
internal sealed class WorkloadActivity(WorkloadCalls calls, string workloads) : IWorkloadActivity
{
    public IAsyncEnumerable<WorkloadEvent> ListEventsAsync(string? objectName = null, CancellationToken cancellationToken = default)
    {
        if (objectName is not null)
        {
            WorkloadChecks.CheckPodName(objectName);
        }

        return calls.ListAsync("ListEvents", workloads, (driver, page, token) => driver.ListEventsAsync(workloads, objectName, page, token), cancellationToken);
    }

    public IAsyncEnumerable<PodChange> WatchPodsAsync(PodQuery? query = null, CancellationToken cancellationToken = default) =>
        WatchAsync(WorkloadChecks.Check(query), cancellationToken);

    private async IAsyncEnumerable<PodChange> WatchAsync(PodQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // By uid: a pod that was deleted and made anew under its name is another.
        var known = new Dictionary<string, Pod>(StringComparer.Ordinal);
        while (true)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            string? next = null;
            string version;
            do
            {
                var asked = next;
                PodPage page;
                try
                {
                    page = await calls.SendAsync("ListPods", workloads, (driver, token) => driver.ListPodsAsync(workloads, query, asked, token), cancellationToken).ConfigureAwait(false);
                }
                catch (CloudException exception) when (exception.Reason == WorkloadErrorReasons.VersionExpired)
                {
                    // The list took so long that the cluster forgot where it began.
                    seen.Clear();
                    next = null;
                    version = "";
                    continue;
                }

                foreach (var pod in page.Pods)
                {
                    seen.Add(pod.Uid);
                    if (Take(known, pod) is { } change)
                    {
                        yield return change;
                    }
                }

                next = page.NextPageToken;
                version = page.ResourceVersion;
            }
            while (next is not null || version.Length == 0);

            foreach (var gone in known.Values.Where(pod => !seen.Contains(pod.Uid)).ToList())
            {
                known.Remove(gone.Uid);
                yield return new PodChange(PodChangeKind.Deleted, gone);
            }

            await foreach (var change in FollowAsync(known, query, version, cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
    }

    /// <summary>Goes on from a version, over broken connections; ends when the cluster has forgotten it and a list must say what there is.</summary>
    private async IAsyncEnumerable<PodChange> FollowAsync(Dictionary<string, Pod> known, PodQuery query, string from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var version = from;
        while (true)
        {
            IAsyncEnumerator<PodNotice>? notices = null;
            try
            {
                var asked = version;
                try
                {
                    var opened = await calls.SendAsync("WatchPods", workloads, (driver, token) => driver.OpenWatchAsync(workloads, query, asked, token), cancellationToken).ConfigureAwait(false);
                    notices = opened.GetAsyncEnumerator(cancellationToken);
                }
                catch (CloudException exception) when (exception.Reason == WorkloadErrorReasons.VersionExpired)
                {
                    yield break;
                }

                var told = false;
                while (true)
                {
                    try
                    {
                        if (!await notices.MoveNextAsync().ConfigureAwait(false))
                        {
                            break;
                        }
                    }
                    catch (CloudException exception) when (exception.Reason == WorkloadErrorReasons.VersionExpired)
                    {
                        yield break;
                    }

                    told = true;
                    var notice = notices.Current;
                    version = notice.ResourceVersion;
                    if (notice is { Kind: PodChangeKind.Deleted, Pod: { } gone })
                    {
                        if (known.Remove(gone.Uid))
                        {
                            yield return new PodChange(PodChangeKind.Deleted, gone);
                        }
                    }
                    else if (notice is { Kind: not null, Pod: { } pod } && Take(known, pod) is { } change)
                    {
                        yield return change;
                    }
                }

                if (!told)
                {
                    // A server that ends each watch at once is not asked as fast as it answers.
                    await Task.Delay(calls.ReconnectDelay, calls.Time, cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                if (notices is not null)
                {
                    await notices.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
    }

    private static PodChange? Take(Dictionary<string, Pod> known, Pod pod)
    {
        var isNew = !known.TryGetValue(pod.Uid, out var before);
        known[pod.Uid] = pod;
        return isNew ? new PodChange(PodChangeKind.Added, pod)
            : before!.ResourceVersion != pod.ResourceVersion ? new PodChange(PodChangeKind.Modified, pod)
            : null;
    }
}
