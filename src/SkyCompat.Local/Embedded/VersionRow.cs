namespace SkyCompat.Local;

/// <summary>A version of an object in the index, or a delete marker.</summary>
/// <param name="Row">Its columns.</param>
/// <param name="IsMarker">Whether it is a delete marker.</param>
/// <param name="IsCurrent">Whether it is what a read without a version id finds.</param>
internal sealed record VersionRow(ObjectRow Row, bool IsMarker, bool IsCurrent);
