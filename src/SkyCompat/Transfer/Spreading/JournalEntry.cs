using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Spreading;

/// <summary>A document of the journal.</summary>
/// <param name="Document">What it says.</param>
/// <param name="Tag">Which of its versions this is.</param>
/// <param name="WrittenAt">When it was written, by the store's clock.</param>
internal sealed record JournalEntry<T>(T Document, VersionTag Tag, DateTimeOffset WrittenAt);
