namespace SkyCompat.ObjectStorage;

/// <summary>What a signed request does.</summary>
public enum SignedMethod
{
    /// <summary>Reads the object.</summary>
    Get = 0,

    /// <summary>Reads the object's headers.</summary>
    Head,

    /// <summary>Writes the object.</summary>
    Put,

    /// <summary>Deletes the object.</summary>
    Delete,
}
