using SkyCompat.Transfer.Spreading;

namespace SkyCompat.Transfer.Tests.Spreading;

/// <summary>Workers as tasks of this process, each replaced when it dies, as the pods of a job are.</summary>
/// <param name="workers">How many at a time.</param>
/// <param name="work">Does a worker's work; told its number, which is never given twice.</param>
internal sealed class TaskFleet(int workers, Func<int, CancellationToken, Task> work) : ITransferFleet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _working = Task.CompletedTask;
    private int _started;

    public int Started => _started;

    public bool IsStopped => _stop.IsCancellationRequested && _working.IsCompleted;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _working = Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => KeepOneAsync(_stop.Token), CancellationToken.None)));
        return Task.CompletedTask;
    }

    public Task WaitAsync(CancellationToken cancellationToken) => _working.WaitAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task KeepOneAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await work(Interlocked.Increment(ref _started), cancellationToken);
                return;
            }
            catch (CloudException exception) when (exception.IsTransient)
            {
                // Replaced by the next.
            }
        }
    }
}
