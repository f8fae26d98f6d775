namespace SkyCompat.Local;

/// <summary>Some bytes of an inline or file body that stand somewhere in a larger one.</summary>
/// <param name="Body">The inline or file body.</param>
/// <param name="Offset">The first byte in that body.</param>
/// <param name="Length">How many.</param>
internal readonly record struct BodySegment(BodyReference Body, long Offset, long Length);
