namespace SkyCompat.Contracts;

/// <summary>What is wrong.</summary>
public enum ViolationKind
{
    /// <summary>No operation has this method and address.</summary>
    NoOperation,

    /// <summary>The description does not have this parameter, header or field.</summary>
    Undeclared,

    /// <summary>The value is of another type.</summary>
    Mistyped,

    /// <summary>Something required is not there.</summary>
    Missing,

    /// <summary>Only the provider sets this, or not in this operation.</summary>
    ReadOnly,

    /// <summary>The value is none of those allowed.</summary>
    EnumValue,

    /// <summary>The number, the length or the count is out of bounds.</summary>
    Limit,

    /// <summary>The text does not have the form asked for.</summary>
    Pattern,

    /// <summary>The operation does not answer with this status.</summary>
    Status,

    /// <summary>The body is not a document of the kind declared.</summary>
    Format,

    /// <summary>The signature is not the one that the request and the secret give.</summary>
    Signature,
}
