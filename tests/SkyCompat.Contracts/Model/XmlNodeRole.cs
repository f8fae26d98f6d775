namespace SkyCompat.Contracts;

/// <summary>How a member is written in XML.</summary>
public enum XmlNodeRole
{
    /// <summary>As an element.</summary>
    Element,

    /// <summary>As an attribute of the enclosing element.</summary>
    Attribute,

    /// <summary>As the text of the enclosing element.</summary>
    Text,
}
