namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>Something that goes wrong with the next requests it fits.</summary>
public sealed record GcsFault
{
    /// <summary>The service's name of the call, for example <c>storage.objects.insert</c>; a name may end in <c>*</c>. Null for every call.</summary>
    public string? Operation { get; init; }

    /// <summary>Only requests whose address contains this. Null for all.</summary>
    public string? AddressContains { get; init; }

    /// <summary>So many requests that fit are let through before the first that is hit.</summary>
    public int Skip { get; init; }

    /// <summary>How many requests are hit.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Answer with this status.</summary>
    public int? Status { get; init; }

    /// <summary><c>errors[].reason</c>, and the code of an XML error; by default what goes with the status.</summary>
    public string? Reason { get; init; }

    /// <summary>The header Retry-After, in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Answer with a page of HTML, as a proxy does, instead of the service's error document.</summary>
    public bool AsHtml { get; init; }

    /// <summary>Break the connection instead of answering.</summary>
    public bool Drop { get; init; }

    /// <summary>Whether the request is carried out before <see cref="Status"/> or <see cref="Drop"/>, so that only its answer is lost.</summary>
    public bool CarryOut { get; init; }

    /// <summary>Break the connection after so many bytes of an object's data.</summary>
    public long? CutAfter { get; init; }

    /// <summary>Keep only so many bytes of what a resumable upload's request sends, and answer 308.</summary>
    public long? Persist { get; init; }

    /// <summary>Forget the resumable upload and answer 410.</summary>
    public bool LosesSession { get; init; }

    internal bool Fits(string operation, string address) =>
        (Operation is null || Operation == operation || (Operation.EndsWith('*') && operation.StartsWith(Operation[..^1], StringComparison.Ordinal)))
        && (AddressContains is null || address.Contains(AddressContains, StringComparison.Ordinal));
}
