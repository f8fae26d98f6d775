using SkyCompat.Compute;

namespace SkyCompat.Azure;

/// <summary>A row of the error table.</summary>
/// <param name="Code">What went wrong.</param>
/// <param name="Text">Cause and what to do next.</param>
internal sealed record ArmErrorRow(CloudErrorCode Code, string Text)
{
    public static ArmErrorRow SlowDown { get; } = new(CloudErrorCode.Throttled, "Azure asks to slow down: the subscription or identity is over its number of requests.");

    public static ArmErrorRow Busy { get; } = new(CloudErrorCode.Conflict, "Another operation on the resource, or on one that it needs, is under way.") { IsTransient = true };

    public static ArmErrorRow NoImage { get; } = new(CloudErrorCode.NotFound, "There is no such image in the region.") { Reason = ComputeErrorReasons.ImageNotFound };

    public string? Reason { get; init; }

    public ErrorScope Scope { get; init; }

    /// <summary>Whether the same request may succeed later; null as the code says.</summary>
    public bool? IsTransient { get; init; }

    /// <summary>Whether a write may have been done all the same.</summary>
    public bool MayHaveTakenEffect { get; init; }

    /// <summary>Whether the service's own words are shown.</summary>
    public bool QuotesService { get; init; }
}
