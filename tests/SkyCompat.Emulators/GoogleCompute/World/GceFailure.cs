namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>Why an operation failed.</summary>
internal sealed record GceFailure(string Code, string Message, int Status)
{
    /// <summary>The quota that is used up, if that is why.</summary>
    public (string Metric, double Limit, string Region)? Quota { get; init; }
}
