using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>What a shared access signature of one blob allows.</summary>
internal sealed record SasTerms
{
    /// <summary>The permissions' letters, in the order that the service wants.</summary>
    public required string Permissions { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required string Container { get; init; }

    public required string Key { get; init; }

    public string? VersionId { get; init; }

    /// <summary>Headers that the reply to a GET has instead of the stored ones.</summary>
    public ContentHeaders? ResponseHeaders { get; init; }
}
