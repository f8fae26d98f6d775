using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>All that is stored with an object beside its bytes.</summary>
/// <param name="Info">Its properties.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record StoredObject(ObjectInfo Info, IReadOnlyDictionary<string, string> Tags);
