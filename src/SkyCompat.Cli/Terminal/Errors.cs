using Microsoft.Extensions.Options;

namespace SkyCompat.Cli.Terminal;

/// <summary>Turns what went wrong into an exit code and words. What is none of these is a bug and is shown whole.</summary>
internal static class Errors
{
    /// <summary>The exit code and message of a failure that is expected; null for a bug.</summary>
    public static (int ExitCode, string Message)? Explain(Exception exception) => exception switch
    {
        UsageException => (ExitCode.Usage, exception.Message),
        OptionsValidationException options => (ExitCode.Usage, $"The configuration is wrong:\n  {string.Join("\n  ", options.Failures)}"),
        MissingException or FileNotFoundException or DirectoryNotFoundException => (ExitCode.NotFound, exception.Message),
        CloudException cloud => (ExitCode.Of(cloud.Code), Advise(cloud)),
        OperationCanceledException => (ExitCode.Cancelled, "Cancelled."),
        UnauthorizedAccessException => (ExitCode.Denied, exception.Message),
        IOException or InvalidDataException => (ExitCode.Failed, exception.Message),
        _ => null,
    };

    public static JsonObject ToJson(string message, int exitCode, CloudException? error) => new()
    {
        ["type"] = "error",
        ["message"] = message,
        ["code"] = error is null ? null : Choice.Name(error.Code),
        ["reason"] = error?.Reason,
        ["resource"] = error?.Resource,
        ["exitCode"] = exitCode,
    };

    private static string Advise(CloudException error) => error.Code switch
    {
        CloudErrorCode.Unauthenticated or CloudErrorCode.PermissionDenied or CloudErrorCode.Unavailable or CloudErrorCode.Timeout => $"{error.Message}\n`skyc doctor` says what to do about each cloud.",
        _ => error.Message,
    };
}
