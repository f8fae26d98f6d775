using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using SkyCompat.Diagnostics;

namespace SkyCompat.Resilience;

/// <summary>The one way from the engine to a driver: telemetry around the call, retries around the attempts, an idle timeout around each.</summary>
internal sealed class CloudCalls
{
    private static readonly ResiliencePropertyKey<CallState> StateKey = new("skycompat.call");

    private readonly ResiliencePipeline _pipeline;
    private readonly ResilienceOptions _options;
    private long _throttled;

    public CloudCalls(CloudIdentity cloud, ResilienceOptions options, TimeProvider time, ILogger logger, Telemetry telemetry)
    {
        Cloud = cloud;
        Time = time;
        IdleSources = new CancellationSourcePool(time);
        Logger = logger;
        Telemetry = telemetry;
        _options = options;
        _pipeline = BuildPipeline();
    }

    public CloudIdentity Cloud { get; }

    /// <summary>How often the provider has asked to slow down.</summary>
    public long Throttled => Interlocked.Read(ref _throttled);

    public TimeProvider Time { get; }

    /// <summary>For the idle timeouts of body reads.</summary>
    public CancellationSourcePool IdleSources { get; }

    public ILogger Logger { get; }

    public Telemetry Telemetry { get; }

    public TimeSpan IdleTimeout => _options.IdleTimeout;

    public int MaxAttempts => _options.MaxAttempts;

    public TimeSpan BaseDelay => _options.BaseDelay;

    /// <summary>Calls a driver until it succeeds, fails for good or the attempts are used up.</summary>
    /// <param name="call">What is called; tells afterwards whether an earlier attempt may have taken effect.</param>
    /// <param name="state">What the delegate needs.</param>
    /// <param name="send">One request.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TResult> SendAsync<TState, TResult>(CallState call, TState state, Func<TState, Attempt, Task<TResult>> send, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(StateKey, call);
        try
        {
            var execution = new CallExecution<TState, TResult>(this, call, state, send);
            var outcome = await _pipeline.ExecuteOutcomeAsync<object?, CallExecution>(
                static (context, execution) => execution.AttemptAsync(context.CancellationToken), context, execution).ConfigureAwait(false);
            outcome.ThrowIfException();
            return (TResult)outcome.Result!;
        }
        catch (BrokenCircuitException exception)
        {
            throw new CloudException(
                CloudErrorCode.Unavailable, $"Nearly all recent requests to cloud '{Cloud.Name}' failed, so it is left alone for a while. Check its endpoint and network.", exception)
            {
                Operation = call.Operation,
                Resource = call.Resource,
                Provider = Cloud.Provider,
                RetryAfter = exception.RetryAfter,
                MayHaveTakenEffect = call.MayHaveTakenEffect,
                Scope = ErrorScope.Cloud,
                ConfigurationPath = Cloud.ConfigurationPath,
            };
        }
        catch (CloudException exception) when (call.MayHaveTakenEffect && !exception.MayHaveTakenEffect)
        {
            throw exception.WithMayHaveTakenEffect();
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Runs a public operation on a bucket or object under one span and one measurement.</summary>
    public Task<TResult> TraceAsync<TState, TResult>(string operation, string? bucket, string? key, TState state, Func<TState, CancellationToken, ValueTask<TResult>> run, CancellationToken cancellationToken) =>
        TraceAsync(StartActivity(operation, bucket, key), operation, bucket, key, state, run, cancellationToken);

    /// <summary>Runs a public operation on any other resource under one span and one measurement.</summary>
    public Task<TResult> TraceAsync<TState, TResult>(string operation, string? resource, TState state, Func<TState, CancellationToken, ValueTask<TResult>> run, CancellationToken cancellationToken)
    {
        var activity = StartActivity(operation, null, null);
        activity?.SetTag("skycompat.resource", resource);
        return TraceAsync(activity, operation, resource, null, state, run, cancellationToken);
    }

    private async Task<TResult> TraceAsync<TState, TResult>(
        Activity? started, string operation, string? bucket, string? key, TState state, Func<TState, CancellationToken, ValueTask<TResult>> run, CancellationToken cancellationToken)
    {
        using var activity = started;
        var from = Time.GetTimestamp();
        CloudErrorCode? error = null;
        try
        {
            return await run(state, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception)
        {
            error = exception.Code;
            activity?.SetStatus(ActivityStatusCode.Error, exception.Code.ToString());
            activity?.SetTag("error.type", exception.Code.ToString());
            var named = exception.WithContext(operation, Resource(bucket, key), Cloud.Provider);
            if (!ReferenceEquals(named, exception))
            {
                throw named;
            }

            throw;
        }
        finally
        {
            var elapsed = Time.GetElapsedTime(from);
            Telemetry.Completed(Cloud, operation, elapsed, error);
            if (Logger.IsEnabled(LogLevel.Debug))
            {
                Log.OperationCompleted(Logger, operation, Resource(bucket, key), Cloud.Name, elapsed.TotalMilliseconds);
            }
        }
    }

    /// <summary>Starts the span of a public operation, for those that are not one task.</summary>
    public Activity? StartActivity(string operation, string? bucket, string? key)
    {
        var activity = Telemetry.Start(operation);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("cloud.provider", Cloud.ProviderTag);
            activity.SetTag("cloud.region", Cloud.Location.Region);
            activity.SetTag("server.address", Cloud.ServerAddress);
            activity.SetTag("skycompat.cloud", Cloud.Name);
            activity.SetTag("skycompat.bucket", bucket);
            activity.SetTag("skycompat.key", key);
        }

        return activity;
    }

    public static string? Resource(string? bucket, string? key) => key is null ? bucket : $"{bucket}/{key}";

    /// <summary>Starts the next attempt of a call.</summary>
    public Attempt NewAttempt(CallState call, CancellationToken caller) => new(++call.Attempts, _options.IdleTimeout, Time, caller);

    /// <summary>An attempt that was ended for making no progress.</summary>
    public CloudException TimedOut(CallState call, OperationCanceledException cause)
    {
        call.MayHaveTakenEffect = true;
        return new CloudException(CloudErrorCode.Timeout, $"No progress for {_options.IdleTimeout}. Check the network, or raise Resilience:IdleTimeout of cloud '{Cloud.Name}'.", cause)
        {
            Operation = call.Operation,
            Resource = call.Resource,
            Provider = Cloud.Provider,
            MayHaveTakenEffect = true,
        };
    }

    /// <summary>An attempt that failed, named.</summary>
    public CloudException Failed(CallState call, CloudException cause)
    {
        call.MayHaveTakenEffect |= cause.MayHaveTakenEffect;
        var named = cause.WithContext(call.Operation, call.Resource, Cloud.Provider);

        // Whoever has several clouds must be told whose endpoint or credentials are wrong.
        return named.Scope == ErrorScope.Cloud ? named.WithConfigurationPath(Cloud.ConfigurationPath) : named;
    }

    private ResiliencePipeline BuildPipeline()
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = Time };
        if (_options.MaxAttempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = _options.MaxAttempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _options.BaseDelay,
                MaxDelay = _options.MaxDelay,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is CloudException { IsTransient: true } or BrokenCircuitException),
                DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Exception switch
                {
                    CloudException { RetryAfter: { } asked } => asked < _options.MaxDelay ? asked : _options.MaxDelay,
                    BrokenCircuitException { RetryAfter: { } open } => open,
                    _ => (TimeSpan?)null,
                }),
                OnRetry = OnRetry,
            });
        }

        if (_options.BreakerFailureRatio <= 1)
        {
            builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = _options.BreakerFailureRatio,
                MinimumThroughput = _options.BreakerMinimumAttempts,
                SamplingDuration = _options.BreakerWindow,
                BreakDuration = _options.BreakerDuration,
                ShouldHandle = static arguments =>
                    ValueTask.FromResult(arguments.Outcome.Exception is CloudException { Code: CloudErrorCode.Unavailable or CloudErrorCode.Timeout }),
                OnOpened = arguments =>
                {
                    Log.CircuitOpened(Logger, Cloud.Name, arguments.BreakDuration.TotalSeconds);
                    return ValueTask.CompletedTask;
                },
            });
        }

        return builder.Build();
    }

    private ValueTask OnRetry(OnRetryArguments<object> arguments)
    {
        var failure = arguments.Outcome.Exception as CloudException;
        var code = failure?.Code ?? CloudErrorCode.Unavailable;
        if (code is CloudErrorCode.Throttled || failure?.StatusCode is 429 or 503)
        {
            Interlocked.Increment(ref _throttled);
        }

        if (arguments.Context.Properties.TryGetValue(StateKey, out var call))
        {
            Telemetry.Retried(Cloud, call.Operation, code);
            if (Logger.IsEnabled(LogLevel.Warning))
            {
                Log.Retrying(
                    Logger, call.Operation, call.Resource, Cloud.Name, code, arguments.AttemptNumber + 2, arguments.RetryDelay.TotalMilliseconds, arguments.Outcome.Exception?.Message ?? "");
            }
        }

        return ValueTask.CompletedTask;
    }
}
