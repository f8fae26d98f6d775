namespace SkyCompat.ObjectStorage;

/// <summary>Tags of objects: small labels that can change without rewriting the object. Found with <see cref="ICloudResource.GetService"/>.</summary>
public interface IObjectTags
{
    /// <summary>Reads the tags. One request.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The tags; empty if there are none.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: there is no such object.</exception>
    Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Replaces all tags. One request.</summary>
    /// <param name="key">The key.</param>
    /// <param name="tags">The new tags, under the rules of <see cref="PutOptions.Tags"/>; empty removes them.</param>
    /// <param name="cancellationToken">Stops waiting; the tags may have changed.</param>
    /// <returns>A task that ends when they are stored.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: there is no such object; <see cref="CloudErrorCode.InvalidArgument"/>
    /// (<see cref="ObjectStorageErrorReasons.InvalidTags"/>).</exception>
    Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default);
}
