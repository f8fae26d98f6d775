using System.Text.RegularExpressions;

namespace SkyCompat.Contracts;

/// <summary>Something that can be asked for.</summary>
public sealed class ApiOperation
{
    private readonly Lazy<Dictionary<string, ApiParameter>> _query;
    private readonly Lazy<Dictionary<string, ApiParameter>> _headers;

    /// <summary>Makes an operation.</summary>
    public ApiOperation()
    {
        _query = new(() => ByName(ParameterLocation.Query, StringComparer.Ordinal));
        _headers = new(() => ByName(ParameterLocation.Header, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The provider's name for it.</summary>
    public required string Name { get; init; }

    /// <summary>The HTTP method, in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The path with its variables, as the description writes it.</summary>
    public required string Path { get; init; }

    /// <summary>The path as an expression with one group a variable.</summary>
    public required Regex PathPattern { get; init; }

    /// <summary>Query keys that belong to the address: with a value, or null for any.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Keys { get; init; } = [];

    /// <summary>The action's name, for calls that are told apart by it and not by their path.</summary>
    public string? Action { get; init; }

    /// <summary>Parameters in path, query and headers.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>The values of a remote procedure call, in query or form; null for other operations.</summary>
    public ApiSchema? Form { get; init; }

    /// <summary>The body of a request; null for none.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>How the operation says in its query that the reply is an object's data; null if it cannot.</summary>
    public (string Key, string Value)? MediaKey { get; init; }

    /// <summary>The replies, the most particular first.</summary>
    public IReadOnlyList<ApiReply> Replies { get; init; } = [];

    /// <summary>Whether another operation has taken its place, perhaps at the same address.</summary>
    public bool IsDeprecated { get; init; }

    /// <summary>Why the operation is here although no description has it; null for described ones.</summary>
    public string? SupplementReason { get; init; }

    /// <summary>Finds the reply that a status stands for; null if none is declared.</summary>
    public ApiReply? ReplyOf(int status)
    {
        foreach (var reply in Replies)
        {
            if (status >= reply.From && status <= reply.To)
            {
                return reply;
            }
        }

        return null;
    }

    /// <summary>Finds a query parameter.</summary>
    public ApiParameter? Query(string name) => _query.Value.GetValueOrDefault(name);

    /// <summary>Finds a header, by name or by the prefix of a collection.</summary>
    public ApiParameter? Header(string name) => _headers.Value.GetValueOrDefault(name) ?? Prefixed(Parameters, name);

    /// <summary>Finds the collection of headers that a header belongs to.</summary>
    internal static ApiParameter? Prefixed(IReadOnlyList<ApiParameter> parameters, string name)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.IsPrefix && name.StartsWith(parameter.Name, StringComparison.OrdinalIgnoreCase))
            {
                return parameter;
            }
        }

        return null;
    }

    private Dictionary<string, ApiParameter> ByName(ParameterLocation location, StringComparer comparer)
    {
        var found = new Dictionary<string, ApiParameter>(comparer);
        foreach (var parameter in Parameters)
        {
            if (parameter.Location == location && !parameter.IsPrefix)
            {
                found.TryAdd(parameter.Name, parameter);
            }
        }

        return found;
    }
}
