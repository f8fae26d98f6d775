using SkyCompat.Drivers;
using SkyCompat.Resilience;

namespace SkyCompat.Compute;

/// <summary>The way from the compute engine to a driver.</summary>
internal sealed class ComputeCalls(CloudCalls calls, ComputeDriver driver, CloudComputeOptions options)
    : DriverCalls<ComputeDriver>(calls, driver, options.PollInterval ?? driver.PollInterval, options.WaitTimeout, "Compute:WaitTimeout")
{
    /// <summary>Deletes until it is not listed any more. Asked again with each look, so that a refusal that comes late is told.</summary>
    public Task DeleteAsync<T>(
        string operation,
        string name,
        Func<ComputeDriver, CancellationToken, Task> delete,
        Func<ComputeDriver, string?, CancellationToken, Task<DriverPage<T>>> page,
        Func<T, string> nameOf,
        CancellationToken cancellationToken) =>
        TraceAsync(
            operation,
            name,
            traced => UntilAsync(
                $"The deletion of '{name}'",
                async token =>
                {
                    await SendAsync(operation, name, delete, token).ConfigureAwait(false);
                    await foreach (var item in ListAsync(operation, name, page, token).ConfigureAwait(false))
                    {
                        if (nameOf(item) == name)
                        {
                            return (false, name);
                        }
                    }

                    return (true, name);
                },
                traced),
            cancellationToken);
}
