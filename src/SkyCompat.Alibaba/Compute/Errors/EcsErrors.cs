using static SkyCompat.CloudErrorCode;

namespace SkyCompat.Alibaba;

/// <summary>The error table of ECS and VPC: the code decides, then the message, then the status, which for throttling and unknown keys says something else.</summary>
internal static class EcsErrors
{
    private const int MaxQuoted = 300;

    /// <summary>Whether a refusal is about the request's time.</summary>
    public static bool IsAboutTime(string? code) => code is "InvalidTimeStamp.Expired";

    /// <summary>Makes the error of a refusal.</summary>
    public static CloudException Create(in RpcFailure failure)
    {
        var row = (failure.Code is { } code ? EcsErrorCodes.Find(code) : null) ?? FindByMessage(failure.Message) ?? FindByStatus(failure.Status, failure.Code is null);
        var text = row.IsQuoted && failure.Message is { Length: > 0 } said ? $"{row.Text} The provider says: {Shorten(said)}" : row.Text;
        return new CloudException(row.Code, text)
        {
            Reason = row.Reason,
            Scope = row.Scope,
            IsTransient = row.IsTransient || failure.Learned,
            RetryAfter = row.IsTransient ? failure.RetryAfter : null,
            MayHaveTakenEffect = failure.IsWrite && row.MayHaveTakenEffect,
            ProviderCode = failure.Code,
            StatusCode = failure.Status,
            RequestId = failure.RequestId,
        };
    }

    private static EcsErrorRow? FindByMessage(string? message) =>
        message is null ? null
        : Says(message, "out of stock") || Says(message, "sold out") || Says(message, "no stock") || Says(message, "insufficient inventory") ? new(CapacityShortage, ErrorScope.Offer, "The instance type is out of stock in this zone and market.")
        : Says(message, "flow control") || Says(message, "throttl") ? new(Throttled, ErrorScope.Request, "Too many requests for this operation or user: send fewer at a time.")
        : Says(message, "quota") ? new(QuotaExceeded, ErrorScope.Region, "A quota of the account in this region is used up.")
        : null;

    private static EcsErrorRow FindByStatus(int status, bool isForeign) => status switch
    {
        401 => new(Unauthenticated, ErrorScope.Cloud, "The credentials are not accepted.") { IsQuoted = false },
        403 => new(PermissionDenied, ErrorScope.Request, "The account or the credentials do not allow this."),
        404 => new(NotFound, ErrorScope.Request, isForeign ? "What answers at the endpoint does not know this operation: check the endpoint." : "There is no such thing in this region."),
        409 => new(Conflict, ErrorScope.Request, "Its state forbids this."),
        429 => new(Throttled, ErrorScope.Request, "Too many requests for this operation or user: send fewer at a time."),
        >= 500 => new(Unavailable, ErrorScope.Request, "The service, or what is in front of it, failed.") { MayHaveTakenEffect = true },
        _ => new(Unknown, ErrorScope.Request, "The provider refuses with a code that this library does not know."),
    };

    private static bool Says(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static string Shorten(string text) => text.Length <= MaxQuoted ? text : string.Concat(text.AsSpan(0, MaxQuoted), "…");
}
