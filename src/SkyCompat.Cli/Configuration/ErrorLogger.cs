using Microsoft.Extensions.Logging;

namespace SkyCompat.Cli.Configuration;

/// <summary>Writes one line per log entry.</summary>
internal sealed class ErrorLogger(string category, TextWriter error) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        error.WriteLine($"{logLevel.ToString().ToLowerInvariant()}: {category}: {Printable.Text(formatter(state, exception))}");
}
