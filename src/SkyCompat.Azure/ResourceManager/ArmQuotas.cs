namespace SkyCompat.Azure;

/// <summary>Tells the quotas of compute apart, which share one code: only the text of the message says which of the three is used up.</summary>
internal static class ArmQuotas
{
    /// <summary>Whether a refusal is for a quota.</summary>
    public static bool IsQuota(string? message) => Has(message, "quota") || Has(message, "exceeding approved") || Has(message, "maximum number of");

    /// <summary>The row of a quota.</summary>
    public static ArmErrorRow Find(string message) =>
        Has(message, "LowPriorityCores") || Has(message, "Low-priority") || Has(message, "Low Priority") || Has(message, "Spot vCPUs") ? Row("of spot cores", ErrorScope.Market)
        : Has(message, "Total Regional") || Has(message, "regional cores") || Has(message, "regional vCPUs") || (Has(message, " Cores quota") && !Has(message, "Family")) ? Row("of cores in the region", ErrorScope.Region)
        : Has(message, "Family") ? Row("of the family of sizes", ErrorScope.QuotaGroup)
        : Row("of the subscription", ErrorScope.Region);

    private static ArmErrorRow Row(string which, ErrorScope scope) =>
        new(CloudErrorCode.QuotaExceeded, $"The quota {which} is used up: ask for more, or use less.") { Scope = scope, QuotesService = true };

    private static bool Has(string? message, string part) => message?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
}
