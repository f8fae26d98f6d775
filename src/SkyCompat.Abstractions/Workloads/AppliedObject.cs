namespace SkyCompat.Workloads;

/// <summary>One object of a cluster that was applied.</summary>
/// <param name="ApiVersion">The version of its interface, such as <c>apps/v1</c>.</param>
/// <param name="Kind">Its kind, such as <c>Deployment</c>.</param>
/// <param name="Namespace">Its namespace; null for one of the whole cluster.</param>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="ResourceVersion">Its opaque version, which changes when it does.</param>
public sealed record AppliedObject(string ApiVersion, string Kind, string? Namespace, string Name, ApplyOutcome Outcome, string? ResourceVersion);
