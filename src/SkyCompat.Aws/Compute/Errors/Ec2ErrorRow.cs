namespace SkyCompat.Aws;

/// <summary>A row of the error table.</summary>
/// <param name="Code">The neutral code.</param>
/// <param name="Reason">The reason, which refines it; null for none.</param>
/// <param name="Text">What happened and what to do.</param>
internal sealed record Ec2ErrorRow(CloudErrorCode Code, string? Reason, string Text)
{
    public ErrorScope Scope { get; init; }

    /// <summary>Whether the same request may succeed later; null if the code says so.</summary>
    public bool? IsTransient { get; init; }

    /// <summary>Whether a change may have been made all the same.</summary>
    public bool MayHaveTakenEffect { get; init; }

    /// <summary>Whether what EC2 says goes along.</summary>
    public bool Quotes { get; init; } = true;
}
