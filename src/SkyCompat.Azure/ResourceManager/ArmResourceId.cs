namespace SkyCompat.Azure;

/// <summary>A full resource id, taken apart: <c>/subscriptions/…/resourceGroups/Group/providers/Type/Name</c>.</summary>
/// <param name="Group">The resource group.</param>
/// <param name="Name">The last name in it.</param>
internal readonly record struct ArmResourceId(string Group, string Name)
{
    private const int GroupAt = 4;
    private const int FewestParts = 9;

    public static ArmResourceId? TryParse(string? id)
    {
        var parts = id?.Split('/') ?? [];
        return parts.Length >= FewestParts && parts[3].Equals("resourceGroups", StringComparison.OrdinalIgnoreCase) ? new ArmResourceId(parts[GroupAt], parts[^1]) : null;
    }
}
