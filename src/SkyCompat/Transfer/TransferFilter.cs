namespace SkyCompat.Transfer;

/// <summary>Which objects take part in a transfer, by name, size and age. All conditions must hold.</summary>
/// <remarks>Patterns match the whole name: <c>*</c> any characters but the slash, <c>**</c> any characters, <c>?</c> one character but the slash, <c>[a-z]</c> and <c>[!a-z]</c> one of a set,
/// <c>{a,b}</c> one of several, a backslash takes the next character as it is. A pattern without a slash matches the last segment of the name, as in gitignore files.</remarks>
public sealed record TransferFilter
{
    /// <summary>Everything.</summary>
    public static TransferFilter All { get; } = new();

    /// <summary>If there are any, a name must match one of these.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>A name must match none of these.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The least size in bytes; null for any.</summary>
    public long? MinBytes { get; init; }

    /// <summary>The largest size in bytes; null for any.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Only objects last written at or after this; null for any.</summary>
    public DateTimeOffset? ModifiedSince { get; init; }

    /// <summary>Only objects last written before this; null for any.</summary>
    public DateTimeOffset? ModifiedBefore { get; init; }
}
