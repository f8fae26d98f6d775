namespace SkyCompat.Google;

/// <summary>Codes of Compute Engine that mean the same.</summary>
internal static class GceErrorCodes
{
    /// <summary>Whether there is no free capacity.</summary>
    public static bool IsShortage(string? code) => code is "ZONE_RESOURCE_POOL_EXHAUSTED" or "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS" or "RESOURCE_POOL_EXHAUSTED" or "resourcePoolExhausted"
        or "zoneResourcePoolExhausted" or "insufficientCapacity" or "INSUFFICIENT_CAPACITY" or "STOCKOUT" or "VM_MIN_COUNT_NOT_REACHED";

    /// <summary>Whether a quota is used up. Limits of requests have codes of their own.</summary>
    public static bool IsQuota(string? code) => code is "QUOTA_EXCEEDED" or "quotaExceeded" or "limitExceeded" or "LIMIT_EXCEEDED";

    /// <summary>Whether the request can never be right. Operations that fail so need not tell a status.</summary>
    public static bool IsInvalid(string? code) => code is "INVALID_FIELD_VALUE" or "INVALID_USAGE" or "INVALID_ARGUMENT" or "INVALID_PARAMETER" or "BAD_REQUEST" or "REQUIRED_FIELD" or "UNSUPPORTED_OPERATION" or "CONDITION_NOT_MET"
        or "invalid" or "invalidParameter" or "badRequest" or "required" or "parseError";

    /// <summary>Whether a message such as <c>The resource 'projects/p' was not found</c> is about the project and nothing in it.</summary>
    public static bool NamesProjectOnly(string? message)
    {
        const string before = "'projects/";
        var start = message?.IndexOf(before, StringComparison.Ordinal) ?? -1;
        if (start < 0)
        {
            return false;
        }

        var name = message.AsSpan(start + before.Length);
        var end = name.IndexOf('\'');
        return end > 0 && !name[..end].Contains('/');
    }
}
