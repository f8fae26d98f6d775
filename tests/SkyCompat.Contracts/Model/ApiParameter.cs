namespace SkyCompat.Contracts;

/// <summary>A value in the path, the query or a header.</summary>
public sealed class ApiParameter
{
    /// <summary>The name on the wire; for a collection of headers its prefix.</summary>
    public required string Name { get; init; }

    /// <summary>The name in the provider's model and examples, where it differs from the wire.</summary>
    public string? ModelName { get; init; }

    /// <summary>Where it travels.</summary>
    public required ParameterLocation Location { get; init; }

    /// <summary>Its type.</summary>
    public required ApiSchema Schema { get; init; }

    /// <summary>Whether it must be present.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it stands for all headers that begin with its name.</summary>
    public bool IsPrefix { get; init; }

    /// <summary>Whether it may come more than once.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Whether it tells the version of the interface.</summary>
    public bool IsVersion { get; init; }

    /// <summary>Whether its value holds JSON text.</summary>
    public bool IsJsonText { get; init; }
}
