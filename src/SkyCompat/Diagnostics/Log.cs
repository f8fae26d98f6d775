using Microsoft.Extensions.Logging;

namespace SkyCompat.Diagnostics;

/// <summary>All log messages of this assembly; event ids 1000 to 1099. Names only: no content, no secret, no signed URL.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Debug, "{Operation} {Resource} on {Cloud} took {Milliseconds} ms")]
    public static partial void OperationCompleted(ILogger logger, string operation, string? resource, string cloud, double milliseconds);

    [LoggerMessage(1001, LogLevel.Warning, "{Operation} {Resource} on {Cloud} failed with {Code}; attempt {Attempt} follows in {Milliseconds} ms: {Reason}")]
    public static partial void Retrying(ILogger logger, string operation, string? resource, string cloud, CloudErrorCode code, int attempt, double milliseconds, string reason);

    [LoggerMessage(1002, LogLevel.Warning, "Reading {Resource} on {Cloud} broke off at byte {Position}; resuming: {Reason}")]
    public static partial void Resuming(ILogger logger, string resource, string cloud, long position, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "The unfinished upload {UploadId} of {Resource} on {Cloud} could not be aborted and may be billed until it is: {Reason}")]
    public static partial void AbortFailed(ILogger logger, string uploadId, string resource, string cloud, string reason);

    [LoggerMessage(1004, LogLevel.Information, "The reply to {Operation} {Resource} on {Cloud} was lost; looking showed that it had taken effect")]
    public static partial void LostReplyResolved(ILogger logger, string operation, string resource, string cloud);

    [LoggerMessage(1005, LogLevel.Warning, "The circuit of cloud {Cloud} is open for {Seconds} s: nearly all requests failed")]
    public static partial void CircuitOpened(ILogger logger, string cloud, double seconds);
}
