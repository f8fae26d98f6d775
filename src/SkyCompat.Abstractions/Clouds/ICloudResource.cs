namespace SkyCompat;

/// <summary>Something that has a name and can be asked for more than its neutral interface shows.</summary>
public interface ICloudResource
{
    /// <summary>The name: a cloud's configured name, a bucket's name at its provider.</summary>
    string Name { get; }

    /// <summary>Finds an optional ability (such as <see cref="ObjectStorage.IObjectTags"/>) or the native client beneath. Sends no request.</summary>
    /// <param name="serviceType">The interface or client type wanted.</param>
    /// <returns>The service, or null if this resource does not offer it.</returns>
    object? GetService(Type serviceType);
}
