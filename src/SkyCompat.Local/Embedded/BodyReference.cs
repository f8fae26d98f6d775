namespace SkyCompat.Local;

/// <summary>Names a stored body. Bodies never change once written; they are shared by copies and counted.</summary>
/// <param name="Kind">Where it is.</param>
/// <param name="Id">Its number there; 0 for an empty one.</param>
internal readonly record struct BodyReference(BodyKind Kind, long Id);
