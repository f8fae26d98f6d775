namespace SkyCompat.Contracts;

/// <summary>How a body is written.</summary>
public enum BodyFormat
{
    /// <summary>Bytes that are not looked at and pass untouched.</summary>
    Opaque,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>XML.</summary>
    Xml,

    /// <summary>Requests within a request, as <c>multipart/mixed</c>.</summary>
    Batch,
}
