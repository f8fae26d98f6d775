namespace SkyCompat.Contracts.Checking;

/// <summary>What one check of one message knows and finds.</summary>
internal sealed class CheckContext(string description, string operation, ContractDirection direction)
{
    public string Operation { get; } = operation;

    public ContractDirection Direction { get; } = direction;

    public bool IsRequest => Direction == ContractDirection.Request;

    /// <summary>Whether the request makes something, for members that may be sent only then.</summary>
    public bool IsCreate { get; init; }

    /// <summary>Whether the request changes something.</summary>
    public bool IsUpdate { get; init; }

    /// <summary>Whether enumeration values may be numbers, which a client of Google's can ask for.</summary>
    public bool AllowsEnumNumbers { get; init; }

    /// <summary>What stands before every place, for a request inside another.</summary>
    public string Prefix { get; init; } = "";

    public List<Violation> Violations { get; } = [];

    public void Add(ViolationKind kind, string place, string expected, string? found = null) =>
        Violations.Add(new Violation(description, Operation, Direction, kind, Prefix + place, expected, Shorten(found)));

    public bool Requires(ApiProperty property) =>
        (!IsRequest || !property.IsReadOnly) &&
        (property.IsRequired || (IsRequest && property.RequiredBy?.Contains(Operation.Split(' ')[0], StringComparer.Ordinal) == true));

    public void CheckWritable(ApiProperty property, string place)
    {
        if (!IsRequest)
        {
            return;
        }

        if (property.IsReadOnly)
        {
            Add(ViolationKind.ReadOnly, place, "nothing: only the provider sets this");
        }
        else if ((IsCreate && !property.CanCreate) || (IsUpdate && !property.CanUpdate))
        {
            Add(ViolationKind.ReadOnly, place, IsCreate ? "nothing: this cannot be set when it is made" : "nothing: this cannot be changed later");
        }
    }

    private static string Shorten(string? text) => text is null ? "" : text.Length <= 80 ? $"'{text}'" : $"'{text[..77]}...'";
}
