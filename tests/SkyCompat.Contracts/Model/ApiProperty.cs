namespace SkyCompat.Contracts;

/// <summary>A member of a structure.</summary>
public sealed class ApiProperty
{
    /// <summary>The member's name on the wire.</summary>
    public required string Name { get; init; }

    /// <summary>The name in the provider's model and examples, where it differs from the wire.</summary>
    public string? ModelName { get; init; }

    /// <summary>The member's type.</summary>
    public required ApiSchema Schema { get; init; }

    /// <summary>Whether it must be present.</summary>
    public bool IsRequired { get; set; }

    /// <summary>The operations whose requests need it, where the description says so by operation; null where it does not.</summary>
    public IReadOnlyCollection<string>? RequiredBy { get; init; }

    /// <summary>Whether only the provider sets it.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>Whether it may be sent when something is made.</summary>
    public bool CanCreate { get; init; } = true;

    /// <summary>Whether it may be sent when something is changed.</summary>
    public bool CanUpdate { get; init; } = true;

    /// <summary>How it is written in XML.</summary>
    public XmlNodeRole Role { get; init; }

    /// <summary>The element around an array's items, or around each item if the array is flattened.</summary>
    public string XmlName { get; init; } = "";

    /// <summary>Whether a value in a query or form holds JSON text.</summary>
    public bool IsJsonText { get; init; }
}
