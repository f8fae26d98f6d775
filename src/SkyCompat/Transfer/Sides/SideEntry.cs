using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>An object of one side as its list shows it.</summary>
/// <param name="Name">Its name, relative to the side.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="LastModified">When it was last written.</param>
/// <param name="Tag">The mark of its content; for a file its size and time.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="SkipReason">Why it takes no part, such as being a link; null if it does.</param>
internal readonly record struct SideEntry(string Name, long Size, DateTimeOffset LastModified, VersionTag Tag, StorageTier Tier, string? SkipReason = null);
