using SkyCompat.Diagnostics;
using SkyCompat.Drivers;
using SkyCompat.Resilience;

namespace SkyCompat.Compute;

/// <summary>The way from the compute engine to a driver: each call retried, each wait by the clock of the host.</summary>
internal sealed class ComputeCalls(CloudCalls calls, ComputeDriver driver, CloudComputeOptions options)
{
    public CloudIdentity Cloud => calls.Cloud;

    public ComputeDriver Driver => driver;

    public TimeProvider Time => calls.Time;

    public TimeSpan PollInterval { get; } = options.PollInterval ?? driver.PollInterval;

    public TimeSpan WaitTimeout => options.WaitTimeout;

    /// <summary>Calls the driver until it succeeds, fails for good or the attempts are used up.</summary>
    public async Task<T> SendAsync<T>(string operation, string? resource, Func<ComputeDriver, CancellationToken, Task<T>> send, CancellationToken cancellationToken) =>
        await calls.SendAsync(new CallState(operation, resource), (driver, send), static (state, attempt) => state.send(state.driver, attempt.Token), cancellationToken).ConfigureAwait(false);

    /// <summary>As the other form, for calls that return nothing.</summary>
    public Task SendAsync(string operation, string? resource, Func<ComputeDriver, CancellationToken, Task> send, CancellationToken cancellationToken) =>
        SendAsync<object?>(
            operation,
            resource,
            async (target, token) =>
            {
                await send(target, token).ConfigureAwait(false);
                return null;
            },
            cancellationToken);

    /// <summary>Runs a public operation under one span and one measurement.</summary>
    public Task<T> TraceAsync<T>(string operation, string? resource, Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken) =>
        calls.TraceAsync(operation, resource, run, static async (run, token) => await run(token).ConfigureAwait(false), cancellationToken);

    /// <summary>As the other form, for operations that return nothing.</summary>
    public Task TraceAsync(string operation, string? resource, Func<CancellationToken, Task> run, CancellationToken cancellationToken) =>
        TraceAsync<object?>(
            operation,
            resource,
            async token =>
            {
                await run(token).ConfigureAwait(false);
                return null;
            },
            cancellationToken);

    /// <summary>Reads a list page after page.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string operation,
        string? resource,
        Func<ComputeDriver, string?, CancellationToken, Task<DriverPage<T>>> page,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            var asked = token;
            var read = await TraceAsync(operation, resource, ct => SendAsync(operation, resource, (target, attempt) => page(target, asked, attempt), ct), cancellationToken).ConfigureAwait(false);
            foreach (var item in read.Items)
            {
                yield return item;
            }

            token = read.NextPageToken;
        }
        while (token is not null);
    }

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

    /// <summary>Looks until a look shows what is wanted.</summary>
    /// <exception cref="CloudException">Timeout: it did not come within <see cref="WaitTimeout"/>.</exception>
    public async Task<T> UntilAsync<T>(string what, Func<CancellationToken, Task<(bool Done, T Value)>> look, CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        while (true)
        {
            var (done, value) = await look(cancellationToken).ConfigureAwait(false);
            if (done)
            {
                return value;
            }

            if (Time.GetElapsedTime(started) > WaitTimeout)
            {
                throw new CloudException(
                    CloudErrorCode.Timeout,
                    $"{what} did not come about within {WaitTimeout}. It may still: look again later, or raise Compute:WaitTimeout of cloud '{Cloud.Name}'.")
                {
                    IsTransient = false,
                    Provider = Cloud.Provider,
                };
            }

            await Task.Delay(PollInterval, Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
