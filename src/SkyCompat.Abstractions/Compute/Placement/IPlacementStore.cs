namespace SkyCompat.Compute;

/// <summary>Keeps how far placements are. The default keeps files; register another before <c>AddSkyCompat</c> to share it between machines.</summary>
public interface IPlacementStore
{
    /// <summary>Reads what was kept.</summary>
    /// <param name="key">The placement's key.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The text; null if nothing was kept.</returns>
    Task<string?> LoadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Keeps a text, wholly or not at all, and durably before it returns.</summary>
    /// <param name="key">The placement's key.</param>
    /// <param name="text">The text; it holds offers and errors, no secret and no user data.</param>
    /// <param name="cancellationToken">Stops before writing.</param>
    /// <returns>A task that ends when it is kept.</returns>
    Task SaveAsync(string key, string text, CancellationToken cancellationToken = default);
}
