using System.Runtime.CompilerServices;
using SkyCompat.Diagnostics;
using SkyCompat.Drivers;

namespace SkyCompat.Resilience;

/// <summary>The way from an engine to a driver of things that change slowly: each call retried, each list read page by page, each wait by the clock of the host.</summary>
/// <param name="calls">The calls of the cloud.</param>
/// <param name="driver">The driver.</param>
/// <param name="pollInterval">How long to wait between two looks.</param>
/// <param name="waitTimeout">How long to wait in all.</param>
/// <param name="timeoutKey">The setting to raise for a longer wait.</param>
internal class DriverCalls<TDriver>(CloudCalls calls, TDriver driver, TimeSpan pollInterval, TimeSpan waitTimeout, string timeoutKey)
{
    public CloudIdentity Cloud => calls.Cloud;

    public TDriver Driver => driver;

    public TimeProvider Time => calls.Time;

    public TimeSpan PollInterval => pollInterval;

    public TimeSpan WaitTimeout => waitTimeout;

    /// <summary>How long to wait before going on with a stream that broke.</summary>
    public TimeSpan ReconnectDelay => calls.BaseDelay;

    /// <summary>Calls the driver until it succeeds, fails for good or the attempts are used up.</summary>
    public async Task<T> SendAsync<T>(string operation, string? resource, Func<TDriver, CancellationToken, Task<T>> send, CancellationToken cancellationToken) =>
        await calls.SendAsync(new CallState(operation, resource), (driver, send), static (state, attempt) => state.send(state.driver, attempt.Token), cancellationToken).ConfigureAwait(false);

    /// <summary>As the other form, for calls that return nothing.</summary>
    public Task SendAsync(string operation, string? resource, Func<TDriver, CancellationToken, Task> send, CancellationToken cancellationToken) =>
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
        Func<TDriver, string?, CancellationToken, Task<DriverPage<T>>> page,
        [EnumeratorCancellation] CancellationToken cancellationToken)
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
                    $"{what} did not come about within {WaitTimeout}. It may still: look again later, or raise {timeoutKey} of cloud '{Cloud.Name}'.")
                {
                    IsTransient = false,
                    Provider = Cloud.Provider,
                };
            }

            await Task.Delay(PollInterval, Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
