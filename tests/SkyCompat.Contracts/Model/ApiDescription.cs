namespace SkyCompat.Contracts;

/// <summary>What a provider says of one of its interfaces, whatever the language it says it in.</summary>
public sealed class ApiDescription
{
    private readonly Lazy<ILookup<string, ApiOperation>> _byMethod;
    private readonly Lazy<ILookup<string, ApiOperation>> _byAction;

    /// <summary>Makes a description.</summary>
    public ApiDescription()
    {
        _byMethod = new(() => Operations!.Where(operation => operation.Action is null).ToLookup(operation => operation.Method, StringComparer.Ordinal));
        _byAction = new(() => Operations!.Where(operation => operation.Action is not null).ToLookup(operation => operation.Action!, StringComparer.Ordinal));
    }

    /// <summary>The description's name: the stem of its file.</summary>
    public required string Name { get; init; }

    /// <summary>The language it was written in.</summary>
    public required ApiDialect Dialect { get; init; }

    /// <summary>The version of the interface.</summary>
    public required string Version { get; init; }

    /// <summary>All operations.</summary>
    public required IReadOnlyList<ApiOperation> Operations { get; init; }

    /// <summary>Whether a bucket can be named by the host instead of the first part of the path.</summary>
    public bool NamesBucketByHost { get; init; }

    /// <summary>How calls flatten structures, for remote procedure calls.</summary>
    public FormStyle FormStyle { get; init; }

    /// <summary>Finds an operation by the provider's name for it.</summary>
    public ApiOperation Find(string name) => Operations.FirstOrDefault(operation => operation.Name == name)
        ?? throw new ArgumentException($"'{Name}' has no operation '{name}'.", nameof(name));

    internal IEnumerable<ApiOperation> WithMethod(string method) => _byMethod.Value[method];

    internal IEnumerable<ApiOperation> WithAction(string action) => _byAction.Value[action];

    internal bool HasActions => _byAction.Value.Count > 0;
}
