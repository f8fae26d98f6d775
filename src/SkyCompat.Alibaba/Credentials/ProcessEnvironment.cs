namespace SkyCompat.Alibaba;

/// <summary>The environment of the process, behind a function so that tests have one of their own.</summary>
internal sealed class ProcessEnvironment(Func<string, string?> read)
{
    public static ProcessEnvironment Current { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>A variable; null if it is not set or empty.</summary>
    public string? Get(string name) => read(name) is { Length: > 0 } value ? value : null;

    /// <summary>Whether a variable says yes.</summary>
    public bool IsSet(string name) => string.Equals(Get(name), "true", StringComparison.OrdinalIgnoreCase);
}
