namespace SkyCompat.S3;

/// <summary>What the body of an error says.</summary>
internal readonly record struct S3ErrorDocument
{
    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? RequestId { get; init; }

    public string? Region { get; init; }

    /// <summary>Whether there was a body and it was not a store's: a web page of a proxy or of another server.</summary>
    public bool IsForeign { get; init; }
}
