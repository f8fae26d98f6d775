namespace SkyCompat.Cli;

/// <summary>The user asked for what cannot be; the message says what to write instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
