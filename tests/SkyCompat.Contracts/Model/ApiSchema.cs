namespace SkyCompat.Contracts;

/// <summary>The type of a value. Types may contain themselves, so readers fill one after they have given it out.</summary>
public sealed class ApiSchema
{
    /// <summary>A value of which nothing is known.</summary>
    public static ApiSchema Any { get; } = new() { Kind = SchemaKind.Any };

    /// <summary>The type's name in its description, if it has one.</summary>
    public string? Name { get; set; }

    /// <summary>What the value is.</summary>
    public SchemaKind Kind { get; set; }

    /// <summary>The text's or number's format in the words of Swagger (<c>date-time</c>, <c>int64</c>, <c>byte</c>); null for none.</summary>
    public string? Format { get; set; }

    /// <summary>Members by name on the wire, for an object or a map.</summary>
    public Dictionary<string, ApiProperty> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>The type of an array's items, or of a map's values.</summary>
    public ApiSchema? Items { get; set; }

    /// <summary>An array's item or map's entry in XML and in query protocols.</summary>
    public string? ItemName { get; set; }

    /// <summary>Whether an array is written without an element of its own around its items.</summary>
    public bool IsFlattened { get; set; }

    /// <summary>The element's name, if the type decides it.</summary>
    public string? XmlName { get; set; }

    /// <summary>The values allowed; null for all.</summary>
    public HashSet<string>? Enum { get; set; }

    /// <summary>Whether values beyond <see cref="Enum"/> may come without notice: the provider says so.</summary>
    public bool IsOpenEnum { get; set; }

    /// <summary>The least number.</summary>
    public decimal? Minimum { get; set; }

    /// <summary>The greatest number.</summary>
    public decimal? Maximum { get; set; }

    /// <summary>The least number of characters, or of items of an array or map.</summary>
    public long? MinLength { get; set; }

    /// <summary>The greatest number of characters, or of items.</summary>
    public long? MaxLength { get; set; }

    /// <summary>A regular expression that text must contain.</summary>
    public string? Pattern { get; set; }

    /// <summary>Whether <see cref="Pattern"/> must match the whole of a text.</summary>
    public bool IsPatternAnchored { get; set; }

    /// <summary>Whether members beyond the declared ones are allowed, because the description leaves the type open.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The member whose value names the actual type; null for none.</summary>
    public string? Discriminator { get; set; }

    /// <summary>The actual types by the discriminator's value.</summary>
    public Dictionary<string, ApiSchema> Variants { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the value has members or items.</summary>
    public bool IsStructured => Kind is SchemaKind.Object or SchemaKind.Array or SchemaKind.Map;

    /// <summary>A short name of the type for messages.</summary>
    public string Describe() => Kind switch
    {
        SchemaKind.String when Enum is { Count: <= 12 } values => $"one of {string.Join(", ", values.Order(StringComparer.Ordinal))}",
        SchemaKind.String when Enum is not null => "one of the declared values",
        SchemaKind.Object or SchemaKind.Array or SchemaKind.Map when Name is not null => $"{Kind.ToString().ToLowerInvariant()} {Name}",
        _ => Format is null ? Kind.ToString().ToLowerInvariant() : $"{Kind.ToString().ToLowerInvariant()} ({Format})",
    };
}
