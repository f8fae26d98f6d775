namespace SkyCompat.Compute.Tests.Placement;

/// <summary>Keeps placements for as long as a test runs; a crash may be put before or after each write.</summary>
internal sealed class MemoryPlacementStore : IPlacementStore
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public Action<bool>? Intercept { get; set; }

    public Task<string?> LoadAsync(string key, CancellationToken cancellationToken = default) => Task.FromResult(_texts.GetValueOrDefault(key));

    public Task SaveAsync(string key, string text, CancellationToken cancellationToken = default)
    {
        Intercept?.Invoke(false);
        _texts[key] = text;
        Intercept?.Invoke(true);
        return Task.CompletedTask;
    }
}
