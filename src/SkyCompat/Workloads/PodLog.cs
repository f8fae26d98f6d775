using System.Runtime.CompilerServices;

namespace SkyCompat.Workloads;

/// <summary>Reads what a container writes; a follower comes again when the connection breaks.</summary>
internal sealed class PodLog(WorkloadCalls calls, string workloads, string pod, LogOptions options)
{
    /// <summary>How often in a row a node may have something to say instead of a line before a follower gives up.</summary>
    private const int MostComplaints = 10;

    private readonly LogPosition _position = new();
    private string? _container = options.Container;
    private string? _complaint;
    private int _complaints;

    public async IAsyncEnumerable<LogLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = await GetPodAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new CloudException(CloudErrorCode.NotFound, $"Namespace '{workloads}' has no pod '{pod}'; list those there are.") { Resource = pod };
        _container ??= ClusterWorkloads.MainContainer(first);
        var restarts = options.Follow ? await WaitForStartAsync(first, cancellationToken).ConfigureAwait(false) : 0;
        while (true)
        {
            var before = options.Follow ? await GetPodAsync(cancellationToken).ConfigureAwait(false) : null;
            if (options.Follow && before is null)
            {
                yield break;
            }

            if (RestartsOf(before) is { } now && now > restarts)
            {
                // The run that was followed has ended; the node keeps what it wrote since.
                restarts = now;
                await foreach (var line in ReadOnceAsync(_position.Since is null ? options with { Follow = false } : Resumed() with { Follow = false, Previous = true }, isPrevious: true, cancellationToken).ConfigureAwait(false))
                {
                    yield return line;
                }
            }

            var told = false;
            await foreach (var line in ReadOnceAsync(Resumed(), isPrevious: false, cancellationToken).ConfigureAwait(false))
            {
                told = true;
                yield return line;
            }

            _complaints = _complaint is null || told ? 0 : _complaints + 1;
            if (_complaint is not null && (!options.Follow || _complaints == MostComplaints))
            {
                throw new CloudException(CloudErrorCode.Unavailable, $"The node cannot read the output of pod '{pod}': {_complaint}") { Resource = pod };
            }

            // What had ended before this reading began was read to its end.
            if (_complaint is null && (!options.Follow || before is null || HasEnded(before)))
            {
                yield break;
            }

            if (!told || _complaint is not null)
            {
                await Task.Delay(calls.ReconnectDelay, calls.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private LogOptions Resumed() => _position.Since is { } since ? options with { Container = _container, Since = since, Tail = null } : options with { Container = _container };

    private async IAsyncEnumerable<LogLine> ReadOnceAsync(LogOptions asked, bool isPrevious, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _complaint = null;
        Stream stream;
        try
        {
            stream = await calls.SendAsync("ReadLogs", pod, (driver, token) => driver.OpenLogAsync(workloads, pod, asked with { Container = _container }, token), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (isPrevious || (options.Follow && exception is { Code: CloudErrorCode.NotFound or CloudErrorCode.Conflict }))
        {
            // Gone, or between two runs: the caller looks again.
            yield break;
        }

        await using (stream.ConfigureAwait(false))
        {
            _position.Restart();
            await foreach (var (nanoseconds, line) in new LogReader(pod, options.MaxLineBytes).ReadAsync(stream, cancellationToken).ConfigureAwait(false))
            {
                if (nanoseconds is not { } time)
                {
                    // As when it has run out of handles to watch the file with: what it tells after that is not worth waiting for.
                    _complaint = line.Text;
                    yield break;
                }

                if (_position.Accept(time))
                {
                    yield return line;
                }
            }
        }
    }

    /// <summary>A follower may come before the container: it waits for it, or for its end.</summary>
    private async Task<int> WaitForStartAsync(Pod first, CancellationToken cancellationToken)
    {
        var seen = first;
        while (true)
        {
            if (seen.Containers.FirstOrDefault(container => container.Name == _container) is not { } container)
            {
                if (HasEnded(seen))
                {
                    return 0;
                }
            }
            else if (container.IsRunning || container.ExitCode is not null || HasEnded(seen))
            {
                return container.Restarts;
            }

            await Task.Delay(calls.PollInterval, calls.Time, cancellationToken).ConfigureAwait(false);
            seen = await GetPodAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new CloudException(CloudErrorCode.NotFound, $"Pod '{pod}' was deleted before it started.") { Resource = pod };
            _container ??= ClusterWorkloads.MainContainer(seen);
        }
    }

    private int? RestartsOf(Pod? seen) => seen?.Containers.FirstOrDefault(container => container.Name == _container)?.Restarts;

    private bool HasEnded(Pod seen) => seen.Phase is PodPhase.Succeeded or PodPhase.Failed || seen.Containers.FirstOrDefault(container => container.Name == _container) is { IsEnded: true };

    private Task<Pod?> GetPodAsync(CancellationToken cancellationToken) =>
        calls.SendAsync("GetPod", pod, (driver, token) => driver.TryGetPodAsync(workloads, pod, token), cancellationToken);
}
