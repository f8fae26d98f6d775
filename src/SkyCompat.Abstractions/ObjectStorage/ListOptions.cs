namespace SkyCompat.ObjectStorage;

/// <summary>What to list.</summary>
public sealed record ListOptions
{
    /// <summary>Only keys that start with this text, character by character; null or empty for all.</summary>
    public string? Prefix { get; init; }

    /// <summary>Keys that share the text from the prefix up to and with this delimiter are listed once, as a <see cref="ListEntryKind.Prefix"/>; null or empty for none.</summary>
    public string? Delimiter { get; init; }

    /// <summary>Only keys after this one, itself excluded, in UTF-8 order. It need not exist. With a delimiter, prefixes that are not after it are left out.</summary>
    public string? StartAfter { get; init; }

    /// <summary>How many entries a page has at most; clamped to what the provider allows.</summary>
    /// <value>Default: 0, the provider's own page size (1,000 on most).</value>
    public int PageSize { get; init; }

    /// <summary>Where to go on: <see cref="ListPage.ContinuationToken"/> of the page before, with all other options as they were.</summary>
    public string? ContinuationToken { get; init; }
}
