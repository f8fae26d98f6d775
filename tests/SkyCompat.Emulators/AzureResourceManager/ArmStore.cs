using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>All resources, by their paths, whose case does not count.</summary>
public sealed class ArmStore(ArmEmulatorOptions options)
{
    private readonly Dictionary<string, ArmResource> _resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ArmOperation> _operations = new(StringComparer.Ordinal);
    private int _lastId;

    /// <summary>Held while a request is carried out.</summary>
    public Lock Gate { get; } = new();

    /// <summary>A copy of what there is.</summary>
    public IReadOnlyList<ArmResource> All
    {
        get
        {
            lock (Gate)
            {
                return [.. _resources.Values];
            }
        }
    }

    /// <summary>What there is of a type, such as <c>virtualMachines</c>.</summary>
    public IReadOnlyList<ArmResource> OfType(string type) => [.. All.Where(resource => resource.Id.Contains($"/{type}/", StringComparison.OrdinalIgnoreCase))];

    internal ArmResource? Find(string? path) => path is not null && _resources.TryGetValue(path, out var resource) ? resource : null;

    internal ArmOperation? Operation(string id) => _operations.GetValueOrDefault(id);

    internal IEnumerable<ArmResource> Below(string prefix) =>
        _resources.Values.Where(resource => resource.Id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && !resource.Id[prefix.Length..].Contains('/', StringComparison.Ordinal));

    internal IEnumerable<ArmResource> Matching(string provider) => _resources.Values.Where(resource => resource.Id.Contains(provider, StringComparison.OrdinalIgnoreCase));

    internal void Put(ArmResource resource) => _resources[resource.Id] = resource;

    internal void Remove(string? path)
    {
        if (path is not null)
        {
            _resources.Remove(path);
        }
    }

    internal string NewId() => new Guid(++_lastId, 0x5a, 0x4c, 0x80, 1, 2, 3, 4, 5, 6, 7).ToString();

    /// <summary>An address of a public range, or of the network whose range is given.</summary>
    internal string NewAddress(string? range = null)
    {
        var start = range is null ? "20.31.7" : range[..range.LastIndexOf('.')];
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{start}.{(++_lastId % 250) + 4}");
    }

    internal ArmOperation Begin(int looks, Action complete, Action<string, string>? fail = null)
    {
        var operation = new ArmOperation(NewId(), looks, complete, fail ?? ((_, _) => { })) { StartedAt = options.Time.GetUtcNow() };
        _operations[operation.Id] = operation;
        if (looks == 0)
        {
            operation.Look();
        }

        return operation;
    }
}
