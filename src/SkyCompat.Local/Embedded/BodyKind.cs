namespace SkyCompat.Local;

/// <summary>Where the bytes of an object or part are. The values are stored in the index.</summary>
internal enum BodyKind
{
    /// <summary>Nowhere: there are none.</summary>
    Empty = 0,

    /// <summary>In the index.</summary>
    Inline = 1,

    /// <summary>In a file of their own.</summary>
    File = 2,

    /// <summary>In other bodies, as an ordered list of segments.</summary>
    Joined = 3,
}
