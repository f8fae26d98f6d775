using SkyCompat.Files;

namespace SkyCompat.Compute.Placement;

/// <summary>Keeps placements as files of a folder.</summary>
internal sealed class FilePlacementStore(string folder) : IPlacementStore
{
    public async Task<string?> LoadAsync(string key, CancellationToken cancellationToken = default)
    {
        try
        {
            return await File.ReadAllTextAsync(PathOf(key), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Map(exception, folder);
        }
    }

    public async Task SaveAsync(string key, string text, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            Directory.CreateDirectory(folder);
            var next = PathOf(key) + ".new";
            var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None);
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), CancellationToken.None).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            File.Move(next, PathOf(key), overwrite: true);
            DirectorySync.Flush(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Map(exception, folder);
        }
    }

    private string PathOf(string key) => Path.Combine(folder, key + ".json");
}
