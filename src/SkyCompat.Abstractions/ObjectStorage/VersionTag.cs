namespace SkyCompat.ObjectStorage;

/// <summary>An opaque mark of one content of one object: an ETag, or a generation. Equal tags of one key mean the same content; nothing else may be read from it.</summary>
/// <remarks>It is never an MD5, whatever it looks like. It may be stored and read back with <see cref="ToString"/> and <see cref="Parse"/>.</remarks>
public readonly struct VersionTag : IEquatable<VersionTag>
{
    private readonly string? _value;

    private VersionTag(string value) => _value = value;

    /// <summary>Whether there is no tag.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(_value);

    /// <summary>Whether two tags are the same.</summary>
    /// <param name="left">One tag.</param>
    /// <param name="right">The other tag.</param>
    /// <returns>True if they are the same.</returns>
    public static bool operator ==(VersionTag left, VersionTag right) => left.Equals(right);

    /// <summary>Whether two tags differ.</summary>
    /// <param name="left">One tag.</param>
    /// <param name="right">The other tag.</param>
    /// <returns>True if they differ.</returns>
    public static bool operator !=(VersionTag left, VersionTag right) => !left.Equals(right);

    /// <summary>Reads a tag from the text a provider sent or <see cref="ToString"/> returned. Surrounding quotes are dropped; null or empty text gives the empty tag.</summary>
    /// <param name="value">The text.</param>
    /// <returns>The tag.</returns>
    public static VersionTag Parse(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return default;
        }

        return new VersionTag(value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value);
    }

    /// <inheritdoc/>
    public bool Equals(VersionTag other) => string.Equals(_value ?? "", other._value ?? "", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is VersionTag other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(_value ?? "", StringComparison.Ordinal);

    /// <summary>The tag without quotes; empty if there is none.</summary>
    /// <returns>Text that <see cref="Parse"/> reads back.</returns>
    public override string ToString() => _value ?? "";
}
