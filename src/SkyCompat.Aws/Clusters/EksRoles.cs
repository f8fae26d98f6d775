namespace SkyCompat.Aws;

/// <summary>The roles that EKS wants to be told, which no request can find out.</summary>
internal static class EksRoles
{
    /// <exception cref="CloudException">InvalidArgument: it is not configured.</exception>
    public static string Demand(string? role, string setting) => !string.IsNullOrWhiteSpace(role)
        ? role
        : throw new CloudException(CloudErrorCode.InvalidArgument, $"EKS wants the ARN of an IAM role: set Aws:{setting} of the cloud; see docs/providers/aws.md.") { Scope = ErrorScope.Cloud };
}
