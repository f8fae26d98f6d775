namespace SkyCompat.Drivers;

/// <summary>One object to be applied, as the cluster knows it.</summary>
/// <param name="ApiVersion">The version of its interface, such as <c>apps/v1</c>; one that the cluster has.</param>
/// <param name="Kind">Its kind, such as <c>Deployment</c>.</param>
/// <param name="Namespace">Its namespace; null for one of the whole cluster.</param>
/// <param name="Name">Its name.</param>
/// <param name="Path">The path of the object at the API server, such as <c>/apis/apps/v1/namespaces/web/deployments/shop</c>.</param>
/// <param name="Json">The object. May hold secrets: never logged.</param>
public sealed record ManifestObject(string ApiVersion, string Kind, string? Namespace, string Name, string Path, string Json)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {(Namespace is null ? "" : Namespace + "/")}{Name}";
}
