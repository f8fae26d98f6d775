namespace SkyCompat.Contracts;

/// <summary>A reply that an operation may give.</summary>
public sealed class ApiReply
{
    /// <summary>The first status it stands for.</summary>
    public required int From { get; init; }

    /// <summary>The last status it stands for.</summary>
    public required int To { get; init; }

    /// <summary>Its headers.</summary>
    public IReadOnlyList<ApiParameter> Headers { get; init; } = [];

    /// <summary>Its body; null for none.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>Whether the description says what the reply holds; if not, nothing in it can be undeclared.</summary>
    public bool IsDescribed { get; init; } = true;

    /// <summary>Whether it refuses the request.</summary>
    public bool IsError => From >= 300;
}
