namespace SkyCompat.Compute;

/// <summary>Console output, by the engine.</summary>
internal sealed class ConsoleOutput(ComputeCalls calls) : IConsoleOutput
{
    public Task<string> GetConsoleOutputAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        return calls.TraceAsync(
            "GetConsoleOutput", instanceId, traced => calls.SendAsync("GetConsoleOutput", instanceId, (driver, token) => driver.GetConsoleOutputAsync(instanceId, token), traced), cancellationToken);
    }
}
