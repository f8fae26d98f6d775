namespace SkyCompat.Compute;

/// <summary>Whether an offer can probably be launched now.</summary>
/// <param name="Answer">Yes, no, or the provider does not tell.</param>
public sealed record Headroom(HeadroomAnswer Answer)
{
    /// <summary>The provider does not tell.</summary>
    public static Headroom Unknown { get; } = new(HeadroomAnswer.Unknown);

    /// <summary>Quota and stock suffice.</summary>
    public static Headroom Yes { get; } = new(HeadroomAnswer.Yes);

    /// <summary>Of a no: the error that a launch would end in.</summary>
    public CloudErrorCode? Code { get; init; }

    /// <summary>Of a no: what it rules out.</summary>
    public ErrorScope Scope { get; init; }

    /// <summary>Of a no: what lacks, such as <c>quota of standardDSv5Family: 8 of 10 used</c>.</summary>
    public string? Detail { get; init; }
}
