namespace SkyCompat.Google;

/// <summary>What the body of an error says.</summary>
internal readonly record struct GoogleErrorDocument
{
    /// <summary>The reason of a JSON error, or the code of an XML one.</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>Whether there was a body and it was not the store's: a web page of a proxy or of another server.</summary>
    public bool IsForeign { get; init; }
}
