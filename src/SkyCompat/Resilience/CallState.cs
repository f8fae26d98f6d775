namespace SkyCompat.Resilience;

/// <summary>What is being called, and what its attempts have led to so far.</summary>
internal sealed class CallState(string operation, string? resource)
{
    /// <summary>The neutral operation.</summary>
    public string Operation { get; } = operation;

    /// <summary>The bucket or object.</summary>
    public string? Resource { get; } = resource;

    /// <summary>How many attempts were made.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether an attempt that failed may have taken effect, because its reply was lost.</summary>
    public bool MayHaveTakenEffect { get; set; }
}
