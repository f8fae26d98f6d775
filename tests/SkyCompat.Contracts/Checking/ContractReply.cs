namespace SkyCompat.Contracts;

/// <summary>A reply as the checks see it.</summary>
public sealed class ContractReply
{
    /// <summary>The status.</summary>
    public required int Status { get; init; }

    /// <summary>The headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body if it is a document; null if there is none or it is not looked at.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>A header's value; null if it is not there.</summary>
    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
