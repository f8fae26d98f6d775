namespace SkyCompat.Azure;

/// <summary>The subscription and resource group that a cloud works in, and the paths of what is in them.</summary>
/// <param name="subscriptionId">The subscription.</param>
/// <param name="group">The resource group.</param>
internal sealed class ArmScope(string subscriptionId, string group)
{
    public string Group { get; } = group;

    /// <summary>The path of the subscription.</summary>
    public string Subscription { get; } = $"/subscriptions/{Uri.EscapeDataString(subscriptionId)}";

    /// <summary>The path of a resource group; null for the cloud's own.</summary>
    public string GroupPath(string? name = null) => $"{Subscription}/resourceGroups/{Uri.EscapeDataString(name ?? Group)}";

    /// <summary>The path of all resources of a type in the group.</summary>
    /// <param name="type">The type, such as <c>Microsoft.Compute/virtualMachines</c>.</param>
    public string All(string type) => $"{GroupPath()}/providers/{type}";

    /// <summary>The path of a resource.</summary>
    /// <param name="type">The type.</param>
    /// <param name="id">What <c>ShortId</c> makes.</param>
    public string One(string type, string id)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? $"{GroupPath()}/providers/{type}/{Uri.EscapeDataString(id)}"
            : $"{GroupPath(id[..slash])}/providers/{type}/{Uri.EscapeDataString(id[(slash + 1)..])}";
    }

    /// <summary>What is given to applications as an id: the name, with the resource group before it where that is not the cloud's own.</summary>
    public string ShortId(ArmResourceId id) => id.Group.Equals(Group, StringComparison.OrdinalIgnoreCase) ? id.Name : $"{id.Group}/{id.Name}";

    /// <summary>The short id that a full one stands for; null if it is none.</summary>
    public string? ShortId(string? fullId) => ArmResourceId.TryParse(fullId) is { } id ? ShortId(id) : null;
}
