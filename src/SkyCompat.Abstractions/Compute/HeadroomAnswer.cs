namespace SkyCompat.Compute;

/// <summary>What a probe of quota and stock says.</summary>
public enum HeadroomAnswer
{
    /// <summary>The provider does not tell.</summary>
    Unknown = 0,

    /// <summary>There is room.</summary>
    Yes,

    /// <summary>There is none.</summary>
    No,
}
