namespace SkyCompat.Cli;

/// <summary>A file or a folder of objects that is not there.</summary>
internal sealed class MissingException(string message) : Exception(message);
