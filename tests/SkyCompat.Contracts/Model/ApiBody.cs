namespace SkyCompat.Contracts;

/// <summary>A body.</summary>
public sealed class ApiBody
{
    /// <summary>How it is written.</summary>
    public required BodyFormat Format { get; init; }

    /// <summary>Its type.</summary>
    public required ApiSchema Schema { get; init; }

    /// <summary>The root element's name; null where the description does not say.</summary>
    public string? RootName { get; init; }

    /// <summary>Whether there must be one.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The member of the provider's model and examples that is the body; null where the whole structure is.</summary>
    public string? ModelName { get; init; }
}
