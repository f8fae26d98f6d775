namespace SkyCompat.Drivers;

/// <summary>What a look at a provider's operation showed.</summary>
/// <param name="IsDone">Whether it ended, well or not.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
public sealed record OperationCheck(bool IsDone, CloudException? Error = null)
{
    /// <summary>Under way.</summary>
    public static OperationCheck Pending { get; } = new(IsDone: false);

    /// <summary>Ended well.</summary>
    public static OperationCheck Done { get; } = new(IsDone: true);
}
