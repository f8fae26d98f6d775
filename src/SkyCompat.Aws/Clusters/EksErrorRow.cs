namespace SkyCompat.Aws;

/// <summary>A row of the error table.</summary>
/// <param name="Code">What went wrong.</param>
/// <param name="Text">Cause and what to do next.</param>
/// <param name="Reason">The finer cause.</param>
internal sealed record EksErrorRow(CloudErrorCode Code, string Text, string? Reason = null)
{
    public ErrorScope Scope { get; init; }

    /// <summary>Whether the service's own words are shown; those about credentials are not.</summary>
    public bool Quotes => Code != CloudErrorCode.Unauthenticated;
}
