namespace SkyCompat.ObjectStorage;

/// <summary>A checksum of a whole object's bytes.</summary>
public sealed class Checksum : IEquatable<Checksum>
{
    private readonly byte[] _value;

    /// <summary>Creates a checksum.</summary>
    /// <param name="algorithm">How it was computed.</param>
    /// <param name="value">Its bytes, most significant first.</param>
    /// <exception cref="ArgumentException">The length does not fit the algorithm.</exception>
    public Checksum(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> value)
    {
        if (value.Length != LengthOf(algorithm))
        {
            throw new ArgumentException($"A {algorithm} checksum has {LengthOf(algorithm)} bytes, not {value.Length}.", nameof(value));
        }

        Algorithm = algorithm;
        _value = value.ToArray();
    }

    /// <summary>How it was computed.</summary>
    public ChecksumAlgorithm Algorithm { get; }

    /// <summary>Its bytes, most significant first.</summary>
    public ReadOnlySpan<byte> Value => _value;

    /// <summary>Reads the base64 form that S3, Google and Azure use.</summary>
    /// <param name="algorithm">How it was computed.</param>
    /// <param name="text">The base64 text.</param>
    /// <returns>The checksum, or null if the text is not one.</returns>
    public static Checksum? TryParseBase64(ChecksumAlgorithm algorithm, ReadOnlySpan<char> text)
    {
        Span<byte> value = stackalloc byte[64];
        return text.Length <= 88 && Convert.TryFromBase64Chars(text, value, out var length) && length == LengthOf(algorithm)
            ? new Checksum(algorithm, value[..length])
            : null;
    }

    /// <summary>The base64 form.</summary>
    /// <returns>Text that <see cref="TryParseBase64"/> reads back.</returns>
    public string ToBase64() => Convert.ToBase64String(_value);

    /// <inheritdoc/>
    public bool Equals(Checksum? other) => other is not null && other.Algorithm == Algorithm && other._value.AsSpan().SequenceEqual(_value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Checksum);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_value, 0);

    /// <summary>The algorithm and the value in hexadecimal, such as <c>crc32c:e3069283</c>.</summary>
    /// <returns>Text for people.</returns>
    public override string ToString() => $"{Algorithm.ToString().ToLowerInvariant()}:{Convert.ToHexStringLower(_value)}";

    private static int LengthOf(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32C => 4,
        ChecksumAlgorithm.Crc64Nvme or ChecksumAlgorithm.Crc64Ecma => 8,
        ChecksumAlgorithm.Md5 => 16,
        ChecksumAlgorithm.Sha256 => 32,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Unknown checksum algorithm."),
    };
}
