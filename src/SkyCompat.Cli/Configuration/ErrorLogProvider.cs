using Microsoft.Extensions.Logging;

namespace SkyCompat.Cli.Configuration;

/// <summary>Shows the log on standard error, for <c>--verbose</c>.</summary>
internal sealed class ErrorLogProvider(TextWriter error) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new ErrorLogger(categoryName, error);

    public void Dispose()
    {
        // The writer is the caller's.
    }
}
