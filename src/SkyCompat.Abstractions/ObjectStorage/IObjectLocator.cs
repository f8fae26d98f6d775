namespace SkyCompat.ObjectStorage;

/// <summary>Tells where an object really is, beneath wrappers that change keys, so that a copy can stay inside the store. Wrappers that change keys implement it; found with <see cref="ICloudResource.GetService"/>.</summary>
public interface IObjectLocator
{
    /// <summary>The object in the innermost bucket. Sends no request.</summary>
    /// <param name="key">The key in this bucket.</param>
    /// <param name="versionId">A version; null for the current one.</param>
    /// <returns>The same object, in the bucket beneath all wrappers.</returns>
    ObjectReference Locate(string key, string? versionId);
}
