using System.Text.Json;
using SkyCompat.Compute;

namespace SkyCompat.Azure;

/// <summary>Tells what this library made.</summary>
internal static class OwnedResources
{
    /// <summary>Whether a resource has an owner's tag, is in a region and is there to stay.</summary>
    public static bool IsOwnedIn(this JsonElement resource, string region) => resource.IsIn(region) && !resource.IsBeingDeleted() && resource.Tags().ContainsKey(ComputeTags.Owner);
}
