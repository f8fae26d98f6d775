namespace SkyCompat.S3;

/// <summary>What a signature covers.</summary>
internal readonly ref struct SigningInput
{
    /// <summary>The HTTP method.</summary>
    public required ReadOnlySpan<char> Method { get; init; }

    /// <summary>What the signature has in front of the path.</summary>
    public ReadOnlySpan<char> PathPrefix { get; init; }

    /// <summary>The encoded path as sent.</summary>
    public required ReadOnlySpan<char> Path { get; init; }

    /// <summary>The encoded query as sent, parameters ordered by name.</summary>
    public required ReadOnlySpan<char> Query { get; init; }

    /// <summary>The headers to sign, names in lower case and ordered.</summary>
    public required ReadOnlySpan<NameValue> Headers { get; init; }

    /// <summary>The hash of the body in lower-case hexadecimal, or <see cref="S3Signer.UnsignedPayload"/>.</summary>
    public required string Payload { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The instant, from <see cref="S3Signer.FormatStamp"/>.</summary>
    public required string Stamp { get; init; }
}
