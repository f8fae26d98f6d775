namespace SkyCompat.Workloads;

/// <summary>What a cluster says of a workload and its pods, kept up to date by watches: while nothing changes, nothing is asked.</summary>
internal sealed class RolloutView : IAsyncDisposable
{
    private readonly WorkloadCalls _calls;
    private readonly string _workloads;
    private readonly string _name;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Pod> _pods = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task[] _feeds;
    private WorkloadStatus? _status;
    private Exception? _failure;
    private TaskCompletionSource _changed = NewSignal();

    /// <param name="calls">The way to the driver.</param>
    /// <param name="workloads">The namespace.</param>
    /// <param name="name">The workload.</param>
    /// <param name="status">What was last seen of it.</param>
    public RolloutView(WorkloadCalls calls, string workloads, string name, WorkloadStatus status)
    {
        _calls = calls;
        _workloads = workloads;
        _name = name;
        _status = status;
        _feeds = [FeedAsync(FollowPodsAsync, PollPodsAsync), FeedAsync(FollowStatusAsync, PollStatusAsync)];
    }

    /// <summary>What is known now, and what ends with the next change.</summary>
    /// <returns>The status, null if the workload was deleted; the pods; the change.</returns>
    /// <exception cref="CloudException">The cluster cannot be reached for longer than requests are retried, or refuses.</exception>
    public (WorkloadStatus? Status, IReadOnlyList<Pod> Pods, Task Changed) Read()
    {
        lock (_lock)
        {
            return _failure is null ? (_status, [.. _pods.Values], _changed.Task) : throw _failure;
        }
    }

    /// <summary>The pods as they are now. A request per page.</summary>
    public async Task<IReadOnlyList<Pod>> ListPodsAsync(CancellationToken cancellationToken)
    {
        var query = new PodQuery { Workload = _name };
        var pods = new List<Pod>();
        string? next = null;
        do
        {
            var asked = next;
            var page = await _calls.SendAsync("ListPods", _name, (driver, token) => driver.ListPodsAsync(_workloads, query, asked, token), cancellationToken).ConfigureAwait(false);
            pods.AddRange(page.Pods);
            next = page.NextPageToken;
        }
        while (next is not null);
        return pods;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_feeds).ConfigureAwait(false);
        _closing.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    /// <summary>Follows, or looks again and again where the credential may not watch.</summary>
    private async Task FeedAsync(Func<CancellationToken, Task> follow, Func<CancellationToken, Task> poll)
    {
        try
        {
            try
            {
                await follow(_closing.Token).ConfigureAwait(false);
            }
            catch (CloudException exception) when (exception.Code is CloudErrorCode.PermissionDenied or CloudErrorCode.Unsupported)
            {
                while (true)
                {
                    await poll(_closing.Token).ConfigureAwait(false);
                    await Task.Delay(_calls.PollInterval, _calls.Time, _closing.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (CloudException exception)
        {
            Change(() => _failure = exception);
        }
    }

    private async Task FollowPodsAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in new WorkloadActivity(_calls, _workloads).WatchPodsAsync(new PodQuery { Workload = _name }, cancellationToken).ConfigureAwait(false))
        {
            Change(() =>
            {
                if (change.Kind == PodChangeKind.Deleted)
                {
                    _pods.Remove(change.Pod.Uid);
                }
                else
                {
                    _pods[change.Pod.Uid] = change.Pod;
                }
            });
        }
    }

    private async Task PollPodsAsync(CancellationToken cancellationToken)
    {
        var pods = await ListPodsAsync(cancellationToken).ConfigureAwait(false);
        Change(() =>
        {
            _pods.Clear();
            foreach (var pod in pods)
            {
                _pods[pod.Uid] = pod;
            }
        });
    }

    private async Task FollowStatusAsync(CancellationToken cancellationToken)
    {
        var from = _status;
        while (from is not null)
        {
            var told = false;
            try
            {
                var asked = from;
                var watch = await _calls.SendAsync("WatchWorkload", _name, (driver, token) => driver.OpenWatchAsync(_workloads, asked, token), cancellationToken).ConfigureAwait(false);
                await foreach (var status in watch.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    told = true;
                    Change(() => _status = status);
                }
            }
            catch (CloudException exception) when (exception.Reason == WorkloadErrorReasons.VersionExpired)
            {
                // What happened in between is seen by looking.
            }

            if (!told)
            {
                // A server that ends each watch at once is not asked as fast as it answers.
                await Task.Delay(_calls.ReconnectDelay, _calls.Time, cancellationToken).ConfigureAwait(false);
            }

            from = await PollStatusAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<WorkloadStatus?> PollStatusAsync(CancellationToken cancellationToken)
    {
        var status = await _calls.SendAsync("GetWorkload", _name, (driver, token) => driver.TryGetAsync(_workloads, _name, token), cancellationToken).ConfigureAwait(false);
        Change(() => _status = status);
        return status;
    }
}
