namespace SkyCompat.Contracts;

/// <summary>What a value is.</summary>
public enum SchemaKind
{
    /// <summary>Anything at all: the description does not say.</summary>
    Any,

    /// <summary>A structure with named members.</summary>
    Object,

    /// <summary>A sequence.</summary>
    Array,

    /// <summary>A structure with members of any name and one type of value; it may have declared members too.</summary>
    Map,

    /// <summary>Text.</summary>
    String,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Bytes that mean nothing to the interface: the data of an object.</summary>
    Binary,
}
