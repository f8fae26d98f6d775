namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>Something that goes wrong with the next requests it fits.</summary>
public sealed record GceFault
{
    /// <summary>The service's name of the call, for example <c>compute.instances.insert</c>; a name may end in <c>*</c>. Null for every call.</summary>
    public string? Operation { get; init; }

    /// <summary>Only requests whose address contains this. Null for all.</summary>
    public string? AddressContains { get; init; }

    /// <summary>So many requests that fit are let through before the first that is hit.</summary>
    public int Skip { get; init; }

    /// <summary>How many requests are hit.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Answer with this status.</summary>
    public int? Status { get; init; }

    /// <summary><c>errors[].reason</c> of the answer.</summary>
    public string Reason { get; init; } = "backendError";

    /// <summary>What the error says.</summary>
    public string Message { get; init; } = "Backend Error";

    /// <summary>The header Retry-After, in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Answer with a page of HTML, as a proxy does.</summary>
    public bool AsHtml { get; init; }

    /// <summary>Break the connection instead of answering.</summary>
    public bool Drop { get; init; }

    /// <summary>Whether the request is carried out before <see cref="Status"/> or <see cref="Drop"/>, so that only its answer is lost.</summary>
    public bool CarryOut { get; init; }

    /// <summary>Let the request through and its operation fail, when it is done, with this code and <see cref="Message"/>.</summary>
    public string? OperationCode { get; init; }

    /// <summary>The <c>httpErrorStatusCode</c> of the failed operation; 0 for none.</summary>
    public int OperationStatus { get; init; } = 503;

    internal bool Fits(string operation, string address) =>
        (Operation is null || Operation == operation || (Operation.EndsWith('*') && operation.StartsWith(Operation[..^1], StringComparison.Ordinal)))
        && (AddressContains is null || address.Contains(AddressContains, StringComparison.Ordinal));
}
